import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Side } from './account.ts';
import type { TransferKind } from './transfer.ts';

/** A transfer on one side of an account, with how much had moved on that side when it was done (`upto_fen`). */
export type Passage = {
  id: string;
  kind: TransferKind;
  amount_fen: number;
  upto_fen: number;
  at: Date;
  sequence: string;
  effective_on: string;
  cause_kind: string | null;
  cause_id: string | null;
  is_reversed: boolean;
  other_id: string;
  other_kind: string;
  other_names: Record<string, string>;
};

/** How much had moved on a side of an account before a transfer. */
export async function movedBefore(ctx: Ctx, account_id: string, side: Side, transfer_id: string): Promise<number> {
  const { rows } = await sql<{ moved_fen: number }>`
    select coalesce(sum(t.amount_fen), 0)::bigint as moved_fen
    from transfers t, (select at, sequence from transfers where community_id = ${ctx.community.id} and id = ${transfer_id}) k
    where t.community_id = ${ctx.community.id} and t.${sql.ref(`${side}_account_id`)} = ${account_id}
      and t.flow in ('posted', 'post') and (t.at, t.sequence) < (k.at, k.sequence)`.execute(ctx.tx);
  return rows[0]!.moved_fen;
}

/** The transfers that moved a stretch of all that ever moved on a side of an account, in their order. */
export async function passages(
  ctx: Ctx,
  account_id: string,
  side: Side,
  stretch: { from_fen: number; until_fen: number },
  limit: number,
): Promise<Passage[]> {
  const other = side === 'debit' ? 'credit' : 'debit';
  // The window is over what the index holds; rows are read for those alone that it lets through.
  const { rows } = await sql<Passage>`
    with moved as (
      select at, sequence, amount_fen, sum(amount_fen) over (order by at, sequence) as upto_fen
      from transfers where community_id = ${ctx.community.id} and ${sql.ref(`${side}_account_id`)} = ${account_id}
        and flow in ('posted', 'post')
    ), met as materialized (
      select at, sequence, upto_fen from moved
      where upto_fen > ${stretch.from_fen} and upto_fen - amount_fen < ${stretch.until_fen} order by upto_fen limit ${limit}
    )
    select t.id, t.kind, t.amount_fen, m.upto_fen::bigint as upto_fen, t.at, t.sequence::text as sequence,
      t.effective_on::text as effective_on, t.cause_kind, t.cause_id, a.id as other_id, a.kind as other_kind, a.names as other_names,
      exists (select 1 from transfers r where r.community_id = t.community_id and r.reverses_id = t.id) as is_reversed
    from met m join transfers t on t.community_id = ${ctx.community.id} and t.${sql.ref(`${side}_account_id`)} = ${account_id}
        and t.at = m.at and t.sequence = m.sequence
      join accounts a on a.community_id = t.community_id and a.id = t.${sql.ref(`${other}_account_id`)}
    order by m.upto_fen`.execute(ctx.tx);
  return rows;
}
