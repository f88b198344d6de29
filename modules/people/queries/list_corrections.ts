import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { countWaitingCorrections, waitingCorrections } from '../correction.store.ts';
import { leaveTracesOfList } from '../file_read.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';

const PAGE = 20;

/**
 * Corrections that wait for a decision, the longest waiting first. What is to be written is personal, so whoever's is shown
 * is told.
 */
export const list_corrections = query({
  name: 'people.list_corrections',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ after: z.uuid().optional(), limit: z.number().int().min(1).max(100).default(PAGE) }),
  async run(ctx, { after, limit }) {
    const thing = { kind: 'corrections', id: ctx.community.id };
    demand(personPolicy, 'decide_correction', personRelations(ctx.actor, ''), thing);
    const found = await waitingCorrections(ctx, limit + 1, after);
    const corrections = found.slice(0, limit);
    const people = corrections.map((one) => one.person_id);
    await leaveTracesOfList(ctx, people, ['corrections'], 'people.reasons.deciding_corrections');
    const next = found.length > limit ? corrections.at(-1)!.id : null;
    return { corrections, next, total: await countWaitingCorrections(ctx) };
  },
});
