import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { allows, demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { accountsBy } from '../account.store.ts';
import { type Account, availableOf, isRestricted, type Restriction } from '../account.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';
import { isOffered, restrictionOf } from '../restricted_line.ts';
import { spendingCategories } from '../spending_category.ts';

/** What can be chosen when money is asked for or moved: accounts that are open, and what money is spent on here. */
export const list_open_accounts = query({
  name: 'funds.list_open_accounts',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    const relations = fundRelations(ctx.actor, await ownPosts(ctx));
    demand(fundPolicy, 'request_spending', relations, { kind: 'ledger', id: ctx.community.id });
    const reads_books = allows(fundPolicy, 'read_books', relations);
    const accounts = await accountsBy(ctx, { open: true, limit: 2000 });
    return {
      accounts: accounts.map((one) => ({
        ...{ id: one.id, kind: one.kind, names: one.names, currency: one.currency, restriction: one.restriction },
        is_restricted_line: one.kind === 'budget_line' && isRestricted(one),
        available_fen: reads_books || one.kind === 'fund' || one.kind === 'budget_line' ? availableOf(one) : null,
      })),
      offers: offersOf(accounts),
      categories: (await spendingCategories(ctx)).map(({ code, names }) => ({ code, names })),
    };
  },
});

/** What the funds offer to whoever gives for one thing alone: a line for each use, the first that was opened. */
function offersOf(accounts: readonly Account[]) {
  const funds = new Map(accounts.filter((one) => one.kind === 'fund').map((one) => [one.id, one]));
  const offers = new Map<string, { id: string; names: Account['names']; fund_id: string; restriction: Restriction }>();
  for (const line of accounts) {
    const fund = funds.get(line.fund_id ?? '');
    const use = [line.fund_id, line.project_id, line.category].join('/');
    if (!fund || offers.has(use) || !isOffered(fund, line)) continue;
    offers.set(use, { id: line.id, names: line.names, fund_id: fund.id, restriction: restrictionOf(line) });
  }
  return [...offers.values()];
}
