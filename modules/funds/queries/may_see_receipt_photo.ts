import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { principalOf } from '#platform/actor.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';
import { requestersOfFile } from '../spending.store.ts';

/**
 * True for those at the desk and for whoever photographed the receipt, as it may show names and card numbers; for everybody
 * once it is spent, where whoever photographed it said that nothing private is on it.
 */
export const may_see_receipt_photo = query({
  name: 'funds.may_see_receipt_photo',
  reads: 'nobody',
  input: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  async run(ctx, { hash }) {
    const shown = await requestersOfFile(ctx, hash);
    if (shown.length === 0) return false;
    if (shown.some((one) => one.is_public)) return true;
    const requesters = shown.map((one) => one.requested_by_id);
    if (requesters.includes(principalOf(ctx.actor)) || requesters.includes(ctx.actor.id)) return true;
    return allows(fundPolicy, 'see_desk', fundRelations(ctx.actor, await ownPosts(ctx)));
  },
});
