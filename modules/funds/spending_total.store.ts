import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Spending } from './spending.store.ts';

export type SpendingTotal = { fund_id: string; category: string; amount_fen: number; count: number };

/** Whether a spending that is posted counts as spent: an advance is still there, in somebody's hands. */
const COUNTED: readonly string[] = ['expense', 'settlement'];

/**
 * Adds a spending that was posted (or takes away one that was reversed) to what its fund has spent on its use. A budget line
 * counts for its fund. Called after the transfer, so that the accounts are locked first.
 */
export async function addToTotal(ctx: Ctx, spending: Spending, turn: 'posted' | 'reversed'): Promise<void> {
  if (!COUNTED.includes(spending.kind)) return;
  const sign = turn === 'posted' ? 1 : -1;
  const [amount_fen, count] = [spending.amount_fen * sign, sign];
  await (turn === 'posted'
    ? sql`
        insert into spending_totals (community_id, fund_id, category, amount_fen, count)
        select community_id, coalesce(fund_id, id), ${spending.category}::text, ${amount_fen}::bigint, 1
        from accounts where community_id = ${ctx.community.id} and id = ${spending.debit_account_id}
        on conflict (community_id, fund_id, category) do update
          set amount_fen = spending_totals.amount_fen + excluded.amount_fen, count = spending_totals.count + 1`
    : sql`
        update spending_totals t set amount_fen = t.amount_fen + ${amount_fen}::bigint, count = t.count + ${count}::int
        from accounts a where a.community_id = ${ctx.community.id} and a.id = ${spending.debit_account_id}
          and t.community_id = a.community_id and t.fund_id = coalesce(a.fund_id, a.id) and t.category = ${spending.category}`
  ).execute(ctx.tx);
}

/** What was spent, by fund and use, the largest first. */
export async function spendingTotals(ctx: Ctx): Promise<SpendingTotal[]> {
  const { rows } = await sql<SpendingTotal>`
    select fund_id, category, amount_fen, count from spending_totals
    where community_id = ${ctx.community.id} and count > 0 order by amount_fen desc, category limit 200`.execute(
    ctx.tx,
  );
  return rows;
}
