import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { leaveTraces, leaveTracesOfList } from '../file_read.store.ts';
import { householdsOf } from '../household.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { countOpenDisputes, openDisputes, waitingAt } from '../residence.store.ts';

const PAGE = 20;

/**
 * Disputes about who lives where that wait for the desk, the longest waiting first; both sides are told that they were
 * looked at.
 */
export const list_disputes = query({
  name: 'people.list_disputes',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ after: z.uuid().optional(), limit: z.number().int().min(1).max(100).default(PAGE) }),
  async run(ctx, { after, limit }) {
    const thing = { kind: 'residence_disputes', id: ctx.community.id };
    demand(personPolicy, 'settle_dispute', personRelations(ctx.actor, ''), thing);
    const found = await openDisputes(ctx, limit + 1, after);
    const disputes = found.slice(0, limit);
    const people = disputes.flatMap((one) => [one.claimant_id, one.other_id]);
    await leaveTracesOfList(ctx, people, ['name_masked', 'doors'], 'people.reasons.settling_disputes');
    return {
      disputes,
      next: found.length > limit ? disputes.at(-1)!.id : null,
      total: await countOpenDisputes(ctx),
    };
  },
});

/** Who says they live behind my door and waits for my word: only where my own residence stands. */
export const waiting_claims = query({
  name: 'people.waiting_claims',
  reads: 'others',
  leaves_trace: true,
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) return [];
    const doors = (await householdsOf(ctx, ctx.actor.id)).filter((door) => door.verified_at);
    const waiting = await waitingAt(
      ctx,
      doors.map((door) => door.household_id),
    );
    const people = waiting.map((one) => one.person_id);
    await leaveTraces(ctx, people, ['name_masked'], 'people.reasons.asked_to_confirm');
    return waiting;
  },
});
