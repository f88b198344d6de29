import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { leaveTraces } from '../file_read.store.ts';
import { householdExists, membersOf } from '../household.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';

/** Staff look at who lives behind a door, by masked names and for a reason that each of them can read. */
export const show_household = query({
  name: 'people.show_household',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ household_id: z.uuid(), reason: z.string().trim().min(2).max(300) }),
  async run(ctx, { household_id, reason }) {
    demand(personPolicy, 'find', personRelations(ctx.actor, ''), { kind: 'household', id: household_id });
    if (!(await householdExists(ctx, household_id))) notFound('household', household_id);
    const members = await membersOf(ctx, [household_id]);
    const people = members.map((one) => one.person_id);
    await leaveTraces(ctx, people, ['name_masked', 'doors'], reason);
    return members;
  },
});
