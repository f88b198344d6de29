import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { mayLookAfter } from '../care.policy.ts';
import { leaveTraces, leaveTracesOfList } from '../file_read.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { type SearchBy, searchPeople } from '../search.store.ts';

/** Staff look for a resident by phone, full name or door. Every file that comes up is told that it was looked up. */
export const find_people = query({
  name: 'people.find_people',
  reads: 'others',
  leaves_trace: true,
  input: z.object({
    id: z.uuid().optional(),
    phone: z.string().trim().min(1).max(20).optional(),
    name: z.string().trim().min(1).max(60).optional(),
    household_id: z.uuid().optional(),
    reason: z.string().trim().min(2).max(300),
  }),
  async run(ctx, { reason, ...by }) {
    demand(personPolicy, 'find', personRelations(ctx.actor, ''), { kind: 'people', id: ctx.community.id });
    const [only] = Object.entries(by).filter(([, value]) => value !== undefined);
    if (!only) refuse('required', {}, { field: 'name' });
    const found = await searchPeople(ctx, Object.fromEntries([only]) as SearchBy);
    const ids = found.map((person) => person.id);
    // Somebody found and written about is shown again after each step: that is one look, not one a step.
    const leave = by.id ? leaveTracesOfList : leaveTraces;
    await leave(ctx, ids, ['name_masked', 'phone_masked', 'doors'], reason);
    return found.map((person) => ({
      ...person,
      may_look_after: mayLookAfter(
        ctx.actor,
        person.id,
        person.homes.map((home) => home.grid_id),
      ),
    }));
  },
});
