import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { publicNames } from '#modules/people/index.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { approversOf } from '../approvers.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';

/** Who may decide about spendings, by the names they show in public, for those who may ask for one or see the desk. */
export const list_approvers = query({
  name: 'funds.list_approvers',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    const relations = fundRelations(ctx.actor, await ownPosts(ctx));
    if (!allows(fundPolicy, 'request_spending', relations) && !allows(fundPolicy, 'see_desk', relations)) return [];
    const approvers = await approversOf(ctx);
    const names = await publicNames(
      ctx,
      approvers.map((one) => one.person_id),
    );
    return approvers.flatMap(({ person_id, as }) => {
      const name = names.get(person_id);
      return name ? [{ id: person_id, name, as }] : [];
    });
  },
});
