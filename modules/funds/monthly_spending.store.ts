import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { monthOf } from './month.ts';
import type { Spending } from './spending.store.ts';

/** What was spent of one account (a fund or a budget line of it) on one use. */
export type SpentPart = {
  fund_id: string;
  account_id: string;
  /** The name and project of a budget line; null for what was taken from the fund itself. */
  line_names: Record<string, string> | null;
  project_id: string | null;
  category: string;
  amount_fen: number;
  count: number;
};
/** Months from (with) until (without), each by its first day. */
export type Months = { from?: string; until?: string };

/** Whether a spending that is posted counts as spent: an advance is still there, in somebody's hands. */
const COUNTED: readonly string[] = ['expense', 'settlement'];

/**
 * Adds a spending that was posted (or takes away one that was reversed) to what its fund has spent on its use in the month of
 * the transfer. A budget line counts for its fund. Called after the transfer, so that the accounts are locked first.
 */
export async function addToMonth(
  ctx: Ctx,
  spending: Spending,
  turn: 'posted' | 'reversed',
  effective_on: string,
): Promise<void> {
  if (!COUNTED.includes(spending.kind)) return;
  const sign = turn === 'posted' ? 1 : -1;
  const [amount_fen, count] = [spending.amount_fen * sign, sign];
  await sql`
    insert into monthly_spending (community_id, fund_id, account_id, category, month, amount_fen, count)
    select community_id, coalesce(fund_id, id), id, ${spending.category}::text, ${monthOf(effective_on)}::date,
      ${amount_fen}::bigint, ${count}::int
    from accounts where community_id = ${ctx.community.id} and id = ${spending.debit_account_id}
    on conflict (community_id, fund_id, account_id, category, month) do update
      set amount_fen = monthly_spending.amount_fen + excluded.amount_fen,
        count = monthly_spending.count + excluded.count`.execute(ctx.tx);
}

/** What was spent in some months, by fund, budget line and use, the largest first. */
export async function spentParts(ctx: Ctx, { from, until }: Months, fund_id?: string): Promise<SpentPart[]> {
  const { rows } = await sql<SpentPart>`
    select m.fund_id, m.account_id, case when a.kind = 'budget_line' then a.names end as line_names, a.project_id, m.category,
      sum(m.amount_fen)::bigint as amount_fen, sum(m.count)::int as count
    from monthly_spending m join accounts a on a.community_id = m.community_id and a.id = m.account_id
    where m.community_id = ${ctx.community.id}
      ${fund_id ? sql`and m.fund_id = ${fund_id}` : sql``}
      ${from ? sql`and m.month >= ${from}::date` : sql``} ${until ? sql`and m.month < ${until}::date` : sql``}
    group by m.fund_id, m.account_id, a.kind, a.names, a.project_id, m.category
    having sum(m.amount_fen) <> 0 or sum(m.count) <> 0
    order by sum(m.amount_fen) desc, m.account_id, m.category limit 2000`.execute(ctx.tx);
  return rows;
}
