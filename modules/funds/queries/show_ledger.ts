import { z } from 'zod';
import { beginningOf, dateIn } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { accountsBy } from '../account.store.ts';
import type { Account } from '../account.ts';
import { donationsBy } from '../donation.store.ts';
import { fundPolicy } from '../fund.policy.ts';
import { type FundBalance, fundBalances, fundBalancesBefore } from '../fund_balance.store.ts';
import { firstInstant } from '../month.store.ts';
import { spentParts } from '../monthly_spending.store.ts';
import { monthsOf, PERIOD } from '../period.ts';
import { publicDonation, publicSpending } from '../public.view.ts';
import { spendingsBy } from '../spending.store.ts';

const RECENT = 8;
const LARGEST = 40;
const MOST_FUNDS = 200;

/**
 * The funds as everybody may see them in a period: what was there, what came in, what was spent on what and with which
 * receipts, what is there. What came in is what is left with what was spent, less what was there: returns and fees taken off.
 */
export const show_ledger = query({
  name: 'funds.show_ledger',
  reads: 'nobody',
  input: z.object({ period: z.string().regex(PERIOD).optional() }),
  async run(ctx, { period }) {
    demand(fundPolicy, 'read_public', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    const zone = ctx.community.time_zone;
    const months = period ? monthsOf(period) : undefined;
    const within = months && { from: beginningOf(zone, months.from), until: beginningOf(zone, months.until) };
    const isOver = within !== undefined && within.until <= ctx.now;
    const spent = await spentParts(ctx, months ?? {});
    const books = {
      opening: within ? await fundBalancesBefore(ctx, within.from) : [],
      closing: isOver ? await fundBalancesBefore(ctx, within.until) : await fundBalances(ctx),
    };
    const funds = await accountsBy(ctx, { kind: 'fund', limit: MOST_FUNDS });
    const posted = { state: 'posted' as const, ...within };
    return {
      funds: funds.map((fund) => fundView(fund, books, spent)),
      spent,
      largest: (await spendingsBy(ctx, { ...posted, limit: LARGEST }, false, true)).map(publicSpending),
      donations: (await donationsBy(ctx, { limit: RECENT }, false)).map(publicDonation),
      spendings: (await spendingsBy(ctx, { state: 'posted', limit: RECENT }, false)).map(publicSpending),
      ...(await yearsOf(ctx)),
    };
  },
});

type Spent = Awaited<ReturnType<typeof spentParts>>;

/** What is left of a fund counts what its budget lines still have: that is the fund's money, promised to something. */
function fundView(fund: Account, books: { opening: FundBalance[]; closing: FundBalance[] }, spent: Spent) {
  const { id, names, currency, restriction, closed_at } = fund;
  const of = (balances: FundBalance[]) => balances.find((one) => one.fund_id === id);
  const parts = spent.filter((one) => one.fund_id === id);
  const opening_fen = of(books.opening)?.balance_fen ?? 0;
  const balance_fen = of(books.closing)?.balance_fen ?? 0;
  const spent_fen = parts.reduce((sum, one) => sum + one.amount_fen, 0);
  return {
    ...{ id, names, currency, restriction, closed_at, opening_fen, balance_fen, spent_fen },
    promised_fen: of(books.closing)?.promised_fen ?? 0,
    received_fen: balance_fen + spent_fen - opening_fen,
    receipt_count: parts.reduce((sum, one) => sum + one.count, 0),
  };
}

/** The years since the first transfer, the latest first, and the day it is. */
async function yearsOf(ctx: Ctx) {
  const today = dateIn(ctx.community.time_zone, ctx.now);
  const last = Number(today.slice(0, 4));
  const first = Number(dateIn(ctx.community.time_zone, (await firstInstant(ctx)) ?? ctx.now).slice(0, 4));
  return { today, years: Array.from({ length: last - first + 1 }, (_, i) => last - i) };
}
