import { z } from 'zod';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { accountsBy } from '../account.store.ts';
import { type Account, balanceOf } from '../account.ts';
import { donationsBy } from '../donation.store.ts';
import { fundPolicy } from '../fund.policy.ts';
import { spendingsBy } from '../spending.store.ts';
import { spendingTotals } from '../spending_total.store.ts';

const RECENT = 20;
const MOST_FUNDS = 200;

/** The funds as everybody may see them, what was spent of each on what, and the latest gifts and receipts. */
export const show_ledger = query({
  name: 'funds.show_ledger',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    demand(fundPolicy, 'read_public', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    const funds = await accountsBy(ctx, { kind: 'fund', limit: MOST_FUNDS });
    const lines = await accountsBy(ctx, { kind: 'budget_line', limit: 1000 });
    const spendings = await spendingsBy(ctx, { state: 'posted', limit: RECENT }, false);
    return {
      funds: funds.map((fund) => fundView(fund, lines)),
      flows: await spendingTotals(ctx),
      donations: await donationsBy(ctx, { limit: RECENT }, false),
      spendings: spendings.map(publicSpending),
    };
  },
});

/** What is left of a fund counts what its budget lines still have: that is the fund's money, promised to something. */
function fundView(fund: Account, lines: readonly Account[]) {
  const { id, names, currency, restriction, closed_at, credits_posted_fen } = fund;
  const own = lines.filter((line) => line.fund_id === id);
  const promised_fen = own.reduce((sum, line) => sum + balanceOf(line), 0);
  const balance_fen = balanceOf(fund) + promised_fen;
  return { id, names, currency, restriction, closed_at, received_fen: credits_posted_fen, promised_fen, balance_fen };
}

/** Who asked, who approved and the photos stay inside; what it was for, how much and how many receipts there are is public. */
export function publicSpending(spending: Awaited<ReturnType<typeof spendingsBy>>[number]) {
  const { id, kind, amount_fen, purpose, category, payee_name, from_names, decided_at } = spending;
  const { file_hashes, approver_ids, is_reversed } = spending;
  return {
    ...{ id, kind, amount_fen, purpose, category, payee_name, from_names, decided_at, is_reversed },
    receipt_count: file_hashes.length,
    approval_count: approver_ids.length,
  };
}
