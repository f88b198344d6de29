import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import type { OnBallot, VentureRound } from './venture_round.ts';

const ROUND = [
  'id',
  'number',
  'names',
  'rules',
  'frozen_at',
  'frozen_text',
  'frozen_sha256',
  'closed_at',
  'is_imported',
  'version',
] as const;

/** A round by its id, or by the number in its address. */
export async function findRound(ctx: Ctx, by: { id: string } | { number: number }): Promise<VentureRound | undefined> {
  const from = ctx.tx.selectFrom('venture_rounds').select(ROUND).where('community_id', '=', ctx.community.id);
  const one = 'id' in by ? from.where('id', '=', by.id) : from.where('number', '=', by.number);
  return (await one.executeTakeFirst()) as VentureRound | undefined;
}

/** A round that is locked, with the salt that the seals in its box are made with. */
export type LockedRound = VentureRound & { box_salt: string | null };

/**
 * Locks a round: `share` lets many vote at once and keeps closing out, without the frozen text, which is long and which no
 * vote needs; `update` is alone.
 */
export async function lockRound(ctx: Ctx, id: string, how: 'share' | 'update'): Promise<LockedRound | undefined> {
  const from = ctx.tx
    .selectFrom('venture_rounds')
    .select([...(how === 'share' ? ROUND.filter((column) => column !== 'frozen_text') : ROUND), 'box_salt'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id);
  return (await (how === 'share' ? from.forKeyShare() : from.forUpdate()).executeTakeFirst()) as
    | LockedRound
    | undefined;
}

export async function roundsBy(ctx: Ctx, by: { before?: number; limit: number }): Promise<VentureRound[]> {
  let from = ctx.tx.selectFrom('venture_rounds').select(ROUND).where('community_id', '=', ctx.community.id);
  if (by.before !== undefined) from = from.where('number', '<', by.before);
  return (await from.orderBy('number', 'desc').limit(by.limit).execute()) as unknown as VentureRound[];
}

/** Rounds whose rules are not frozen, the newest first: those that take proposals, will, or did and are vetted. */
export async function unfrozenRounds(ctx: Ctx, limit: number): Promise<VentureRound[]> {
  const rows = await ctx.tx
    .selectFrom('venture_rounds')
    .select(ROUND)
    .where('community_id', '=', ctx.community.id)
    .where('frozen_at', 'is', null)
    .where('closed_at', 'is', null)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows as unknown as VentureRound[];
}

type NewRound = Pick<VentureRound, 'id' | 'names' | 'rules'> & { is_imported?: boolean };

/** Writes a round under the next number; two at once are refused by the unique number and tried again by the sender. */
export async function insertRound(ctx: Ctx, { id, names, rules, is_imported = false }: NewRound): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into venture_rounds (community_id, id, number, names, rules, is_imported, created_at, created_by_id)
    select ${ctx.community.id}, ${id}, coalesce(max(number), 0) + 1, ${JSON.stringify(names)}::jsonb, ${JSON.stringify(rules)}::jsonb,
      ${is_imported}, ${ctx.now}, ${ctx.actor.id}
    from venture_rounds where community_id = ${ctx.community.id}
    returning number`.execute(ctx.tx);
  return rows[0]!.number;
}

type Change = Partial<
  Pick<LockedRound, 'names' | 'rules' | 'frozen_at' | 'frozen_text' | 'frozen_sha256' | 'closed_at' | 'box_salt'>
>;

/** Changes a round; refused as `stale` when somebody else has changed it since `version`. */
export async function changeRound(
  ctx: Ctx,
  id: string,
  { names, rules, ...rest }: Change,
  version: number,
): Promise<void> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('venture_rounds')
    .set((e) => ({
      ...rest,
      ...(names && { names: JSON.stringify(names) }),
      ...(rules && { rules: JSON.stringify(rules) }),
      version: e('version', '+', 1),
    }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'venture_round', id });
}

/** What stands on the ballot: the admitted proposals at the cost that vetting found; of these numbers alone when there are some. */
export async function onBallot(ctx: Ctx, roundId: string, numbers?: readonly number[]): Promise<OnBallot[]> {
  const from = ctx.tx
    .selectFrom('proposals')
    .select(['number', 'pabulib_id', 'reviewed_fen'])
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', roundId)
    .where('state', '=', 'admitted')
    .orderBy('number');
  const rows = await (numbers ? from.where('number', '=', sql<number>`any (${numbers}::int[])`) : from).execute();
  return rows.map(({ number, pabulib_id, reviewed_fen }) => ({ number, pabulib_id, cost_fen: Number(reviewed_fen) }));
}
