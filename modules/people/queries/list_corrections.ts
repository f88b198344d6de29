import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { correctionsOf } from '../correction.store.ts';
import { leaveTraces } from '../file_read.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';

/** Corrections that wait for a decision. What is to be written is personal, so each reading is told to its owner. */
export const list_corrections = query({
  name: 'people.list_corrections',
  reads: 'others',
  leaves_trace: true,
  input: z.object({}),
  async run(ctx) {
    const thing = { kind: 'corrections', id: ctx.community.id };
    demand(personPolicy, 'decide_correction', personRelations(ctx.actor, ''), thing);
    const waiting = await correctionsOf(ctx);
    const people = waiting.map((one) => one.person_id);
    await leaveTraces(ctx, people, ['corrections'], 'people.reasons.deciding_corrections');
    return waiting;
  },
});
