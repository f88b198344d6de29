import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { leaveTracesOfList, publicNames } from '#modules/people/index.ts';
import { principalOf } from '#platform/actor.ts';
import { dateIn } from '#platform/clock.ts';
import { allows, demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { heldAdvances } from '../advance.store.ts';
import { stillOut } from '../advance.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';

/** What people have in hand and until when: all of it for those who keep the books, their own for whoever has some. */
export const list_advances = query({
  name: 'funds.list_advances',
  reads: 'others',
  leaves_trace: true,
  input: z.object({}),
  async run(ctx) {
    const relations = fundRelations(ctx.actor, await ownPosts(ctx));
    const reads_books = allows(fundPolicy, 'read_books', relations);
    if (!reads_books) demand({ own: ['signed_in'] }, 'own', relations, { kind: 'ledger', id: ctx.community.id });
    const me = principalOf(ctx.actor);
    const held = await heldAdvances(ctx, reads_books ? undefined : me);
    const names = await publicNames(
      ctx,
      held.map((one) => one.holder_id),
    );
    const others = held.flatMap((one) => (one.holder_id === me ? [] : [one.holder_id]));
    await leaveTracesOfList(ctx, others, ['advances'], 'funds.reasons.advances');
    const today = dateIn(ctx.community.time_zone, ctx.now);
    const advances = held.map((one) => {
      const out = stillOut(one.paid, one.covered_fen);
      const due_on = out[0]?.due_on ?? null;
      return {
        ...one,
        holder_name: names.get(one.holder_id) ?? null,
        is_mine: one.holder_id === me,
        out,
        due_on,
        is_overdue: due_on !== null && due_on < today,
      };
    });
    return {
      may: { post: allows(fundPolicy, 'post', relations), request: allows(fundPolicy, 'request_spending', relations) },
      advances: advances.sort((a, b) => ((a.due_on ?? '9') < (b.due_on ?? '9') ? -1 : 1)),
    };
  },
});
