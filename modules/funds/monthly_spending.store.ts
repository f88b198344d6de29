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
    with parts as (
      select fund_id, account_id, category, sum(amount_fen)::bigint as amount_fen, sum(count)::int as count
      from monthly_spending where community_id = ${ctx.community.id}
        ${fund_id ? sql`and fund_id = ${fund_id}` : sql``}
        ${from ? sql`and month >= ${from}::date` : sql``} ${until ? sql`and month < ${until}::date` : sql``}
      group by fund_id, account_id, category having sum(amount_fen) <> 0 or sum(count) <> 0
    )
    select p.fund_id, p.account_id, case when a.kind = 'budget_line' then a.names end as line_names, a.project_id, p.category,
      p.amount_fen, p.count
    from parts p join accounts a on a.community_id = ${ctx.community.id} and a.id = p.account_id
    order by p.amount_fen desc, p.account_id, p.category`.execute(ctx.tx);
  return rows;
}
