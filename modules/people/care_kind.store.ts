import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { termsOf } from '#platform/vocabulary/index.ts';

const KIND = 'care_kind';

/** A kind by its code, with the place's own names where it has some; without them the locales name it. */
export type CareKind = { code: string; names: Record<string, string> | null };

/** The kinds of the default vocabulary and those the place added, in that order. */
export async function careKinds(ctx: Ctx): Promise<CareKind[]> {
  const terms = (await termsOf(ctx, KIND)).filter((term) => term.is_used);
  return terms.map(({ code, names, is_default }) => ({ code, names: is_default ? null : names }));
}

export async function careKindExists(ctx: Ctx, code: string): Promise<boolean> {
  return (await careKinds(ctx)).some((kind) => kind.code === code);
}

/** How many circumstances of each kind stand on a date. */
export async function countCareKinds(ctx: Ctx, on: string): Promise<{ kind: string; count: number }[]> {
  const { rows } = await sql<{ kind: string; count: number }>`
    select kind, count(*)::int as count from care_circumstances
    where community_id = ${ctx.community.id} and ended_at is null and expires_on > ${on}::date
    group by kind order by kind`.execute(ctx.tx);
  return rows;
}
