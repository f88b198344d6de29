import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { leaveTrace, searchPeople } from '../person.store.ts';

/** Staff look for a resident by phone, full name or door. Every file that comes up is told that it was looked up. */
export const find_people = query({
  name: 'people.find_people',
  leaves_trace: true,
  input: z.object({
    phone: z.string().max(20).optional(),
    name: z.string().trim().max(60).optional(),
    household_id: z.uuid().optional(),
    reason: z.string().trim().min(1).max(300),
  }),
  async run(ctx, input) {
    demand(personPolicy, 'find', personRelations(ctx.actor, ''), { kind: 'people', id: ctx.community.id });
    const found = await searchPeople(ctx, input);
    for (const person of found)
      await leaveTrace(ctx, person.id, ['name_masked', 'phone_masked', 'doors'], input.reason);
    return found;
  },
});
