import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { leaveTracesOfList } from '../file_read.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { rolesHeld } from '../role.store.ts';

/** Every role held today and by whom, for the administrator who gives and ends them. */
export const list_roles = query({
  name: 'people.list_roles',
  reads: 'others',
  leaves_trace: true,
  input: z.object({}),
  async run(ctx) {
    demand(personPolicy, 'grant_role', personRelations(ctx.actor, ''), { kind: 'roles', id: ctx.community.id });
    const held = await rolesHeld(ctx);
    const people = held.map((one) => one.person_id);
    await leaveTracesOfList(ctx, people, ['name_masked', 'roles'], 'people.reasons.giving_roles');
    return held;
  },
});
