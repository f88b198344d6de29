import type { Ctx } from '#platform/context.ts';
import type { RoundOutcome } from './count_round.ts';

export type VentureResult = { file_sha256: string; outcome: RoundOutcome; published_at: Date };

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
  const row = await ctx.tx
    .selectFrom('venture_results')
    .select(['file_sha256', 'outcome', 'published_at'])
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  return row as VentureResult | undefined;
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
