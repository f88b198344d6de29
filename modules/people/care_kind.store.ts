import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { CARE_KINDS } from './care_circumstance.ts';

const PREFIX = 'care_kind.';

/** A kind by its code, with the place's own names where it has some; without them the locales name it. */
export type CareKind = { code: string; names: Record<string, string> | null };

/** The kinds of the default vocabulary and those the place added, in that order. */
export async function careKinds(ctx: Ctx): Promise<CareKind[]> {
  const rows = await ctx.tx
    .selectFrom('vocabulary')
    .select(['key', 'locale', 'text'])
    .where('community_id', '=', ctx.community.id)
    .where('key', 'like', `${PREFIX}%`)
    .orderBy('key')
    .execute();
  const own = new Map<string, Record<string, string>>();
  for (const { key, locale, text } of rows) {
    const code = key.slice(PREFIX.length);
    own.set(code, { ...own.get(code), [locale]: text });
  }
  const codes = new Set([...Object.keys(CARE_KINDS), ...own.keys()]);
  return [...codes].map((code) => ({ code, names: own.get(code) ?? null }));
}

export async function careKindExists(ctx: Ctx, code: string): Promise<boolean> {
  return code in CARE_KINDS || (await careKinds(ctx)).some((kind) => kind.code === code);
}

export async function writeCareKind(ctx: Ctx, code: string, names: Record<string, string>): Promise<void> {
  for (const [locale, text] of Object.entries(names))
    await sql`insert into vocabulary (community_id, key, locale, text, is_our_default, changed_at, changed_by_id)
      values (${ctx.community.id}, ${PREFIX + code}, ${locale}, ${text}, false, ${ctx.now}, ${ctx.actor.id})
      on conflict (community_id, key, locale) do update
        set text = excluded.text, is_our_default = false, changed_at = excluded.changed_at, changed_by_id = excluded.changed_by_id`.execute(
      ctx.tx,
    );
}
