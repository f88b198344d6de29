import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';

/** What the reader may do with the money: which forms and which desk their pages show. */
export const my_rights = query({
  name: 'funds.my_rights',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    const relations = fundRelations(ctx.actor, await ownPosts(ctx));
    const may = (action: keyof typeof fundPolicy) => allows(fundPolicy, action, relations);
    return {
      ...{ see_desk: may('see_desk'), post: may('post'), request_spending: may('request_spending') },
      ...{ read_books: may('read_books'), open_account: may('open_account'), approve: may('approve') },
    };
  },
});
