import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

/** What a fund has, its budget lines counted; `promised_fen` is what of it lies in those lines. */
export type FundBalance = { fund_id: string; balance_fen: number; promised_fen: number };

/** What every fund has now, by the sums that are kept. */
export async function fundBalances(ctx: Ctx): Promise<FundBalance[]> {
  const { rows } = await sql<FundBalance>`
    select coalesce(fund_id, id) as fund_id, sum(credits_posted_fen - debits_posted_fen)::bigint as balance_fen,
      coalesce(sum(credits_posted_fen - debits_posted_fen) filter (where kind = 'budget_line'), 0)::bigint as promised_fen
    from accounts where community_id = ${ctx.community.id} and kind in ('fund', 'budget_line')
    group by 1`.execute(ctx.tx);
  return rows;
}

/** What every fund had just before an instant: one look-up on each side of each account. */
export async function fundBalancesBefore(ctx: Ctx, at: Date): Promise<FundBalance[]> {
  const side = (mine: 'debit' | 'credit') => sql`
    (select at, sequence, ${sql.ref(`${mine}_balance_fen`)} as balance from transfers t
      where t.community_id = a.community_id and t.${sql.ref(`${mine}_account_id`)} = a.id and t.at < ${at}
      order by at desc, sequence desc limit 1)`;
  const { rows } = await sql<FundBalance>`
    select coalesce(a.fund_id, a.id) as fund_id, coalesce(sum(last.balance), 0)::bigint as balance_fen,
      coalesce(sum(last.balance) filter (where a.kind = 'budget_line'), 0)::bigint as promised_fen
    from accounts a left join lateral (
      select balance from (${side('debit')} union all ${side('credit')}) both_sides order by at desc, sequence desc limit 1
    ) last on true
    where a.community_id = ${ctx.community.id} and a.kind in ('fund', 'budget_line')
    group by 1`.execute(ctx.tx);
  return rows;
}
