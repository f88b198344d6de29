import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { allows, demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { accountsBy } from '../account.store.ts';
import { availableOf } from '../account.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';
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
        available_fen: reads_books || one.kind === 'fund' || one.kind === 'budget_line' ? availableOf(one) : null,
      })),
      categories: (await spendingCategories(ctx)).map(({ code, names }) => ({ code, names })),
    };
  },
});
