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
  const { rows } = await sql<Passage>`
    with moved as (
      select id, kind, amount_fen, at, sequence, effective_on, cause_kind, cause_id, ${sql.ref(`${other}_account_id`)} as other_id,
        sum(amount_fen) over (order by at, sequence) as upto_fen
      from transfers where community_id = ${ctx.community.id} and ${sql.ref(`${side}_account_id`)} = ${account_id}
        and flow in ('posted', 'post')
    )
    select m.id, m.kind, m.amount_fen, m.upto_fen::bigint as upto_fen, m.at, m.sequence::text as sequence,
      m.effective_on::text as effective_on, m.cause_kind, m.cause_id, m.other_id, a.kind as other_kind, a.names as other_names,
      exists (select 1 from transfers r where r.community_id = ${ctx.community.id} and r.reverses_id = m.id) as is_reversed
    from moved m join accounts a on a.community_id = ${ctx.community.id} and a.id = m.other_id
    where m.upto_fen > ${stretch.from_fen} and m.upto_fen - m.amount_fen < ${stretch.until_fen}
    order by m.upto_fen limit ${limit}`.execute(ctx.tx);
  return rows;
}
