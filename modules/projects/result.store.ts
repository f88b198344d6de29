import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { RoundOutcome } from './count_round.ts';

export type VentureResult = {
  file_sha256: string;
  outcome: RoundOutcome;
  published_at: Date;
  /** In how many places the box was not as voters had left it when it was closed. */
  box_differs: number;
};

export async function insertResult(
  ctx: Ctx,
  roundId: string,
  file_text: string,
  file_sha256: string,
  outcome: RoundOutcome,
): Promise<void> {
  await ctx.tx
    .insertInto('venture_results')
    .values({
      ...{ community_id: ctx.community.id, round_id: roundId, file_text, file_sha256 },
      ...{ outcome: JSON.stringify(outcome), published_at: ctx.now },
    })
    .execute();
}

export async function resultOf(ctx: Ctx, roundId: string): Promise<VentureResult | undefined> {
  const { rows } = await sql<VentureResult>`
    select file_sha256, outcome, published_at, coalesce((select (e.data->>'box_differs_count')::int from events e
      where e.community_id = r.community_id and e.subject_kind = 'venture_round' and e.subject_id = r.round_id
        and e.kind = 'venture_round.closed'), 0) as box_differs
    from venture_results r where community_id = ${ctx.community.id} and round_id = ${roundId}`.execute(ctx.tx);
  return rows[0];
}

/** The published file, byte for byte. */
export async function fileOf(ctx: Ctx, roundId: string): Promise<string | undefined> {
  const row = await ctx.tx
    .selectFrom('venture_results')
    .select('file_text')
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  return row?.file_text;
}
