import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { rolesHeld } from '../role.store.ts';

/** Every role held today and by whom, for the administrator who gives and ends them. */
export const list_roles = query({
  name: 'people.list_roles',
  input: z.object({}),
  async run(ctx) {
    demand(personPolicy, 'grant_role', personRelations(ctx.actor, ''), { kind: 'roles', id: ctx.community.id });
    return rolesHeld(ctx);
  },
});
