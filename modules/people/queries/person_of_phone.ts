import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { leaveTraces } from '../file_read.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { searchPeople } from '../search.store.ts';

/** The one person of a phone number that they gave to whoever asks: their masked name and nothing else. It is told in their file. */
export const person_of_phone = query({
  name: 'people.person_of_phone',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ phone: z.string().trim().min(1).max(20), reason: z.string().trim().min(2).max(300) }),
  async run(ctx, { phone, reason }) {
    demand(personPolicy, 'find_by_phone', personRelations(ctx.actor, ''), { kind: 'people', id: ctx.community.id });
    const found = await searchPeople(ctx, { phone });
    await leaveTraces(
      ctx,
      found.map((person) => person.id),
      ['name_masked'],
      reason,
    );
    return found.length === 1 ? { id: found[0]!.id, name_masked: found[0]!.name_masked } : null;
  },
});
