import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { principalOf } from '#platform/actor.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';
import { requestersOfFile } from '../spending.store.ts';

/** True for those at the desk and for whoever photographed the receipt: it may show names and card numbers. */
export const may_see_receipt_photo = query({
  name: 'funds.may_see_receipt_photo',
  reads: 'nobody',
  input: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  async run(ctx, { hash }) {
    const requesters = await requestersOfFile(ctx, hash);
    if (requesters.length === 0) return false;
    if (requesters.includes(principalOf(ctx.actor)) || requesters.includes(ctx.actor.id)) return true;
    return allows(fundPolicy, 'see_desk', fundRelations(ctx.actor, await ownPosts(ctx)));
  },
});
