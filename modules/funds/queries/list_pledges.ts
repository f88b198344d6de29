import { z } from 'zod';
import { leaveTracesOfList } from '#modules/people/index.ts';
import { principalOf } from '#platform/actor.ts';
import { dateIn } from '#platform/clock.ts';
import { allows, demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { fundPolicy } from '../fund.policy.ts';
import { pledgesBy } from '../pledge.store.ts';
import { stateOfPledge } from '../pledge.ts';

/** Promises: all of them for those who keep the books, their own for whoever promised. */
export const list_pledges = query({
  name: 'funds.list_pledges',
  reads: 'others',
  leaves_trace: true,
  input: z.object({
    is_settled: z.boolean().default(false),
    before: z.uuid().optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  async run(ctx, { is_settled, before, limit }) {
    const relations = generalRelations(ctx.actor);
    const reads_books = allows(fundPolicy, 'read_books', relations);
    if (!reads_books) demand({ own: ['signed_in'] }, 'own', relations, { kind: 'ledger', id: ctx.community.id });
    const me = principalOf(ctx.actor);
    const filter = { is_settled, before, limit: limit + 1 };
    const rows = await pledgesBy(ctx, { ...filter, ...(!reads_books && { person_id: me }) });
    const pledges = rows.slice(0, limit);
    const others = pledges.flatMap((one) => (one.person_id && one.person_id !== me ? [one.person_id] : []));
    await leaveTracesOfList(ctx, others, ['donations'], 'funds.reasons.pledges');
    const today = dateIn(ctx.community.time_zone, ctx.now);
    return {
      may: { post: allows(fundPolicy, 'post', relations), read_books: reads_books },
      pledges: pledges.map((one) => ({ ...one, state: stateOfPledge(one, today) })),
      next: rows.length > limit ? pledges.at(-1)!.id : null,
    };
  },
});
