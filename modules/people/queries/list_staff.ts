import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { staffList } from '../role.store.ts';

/** Staff by the names they show in public, to choose an owner or a helper from. */
export const list_staff = query({
  name: 'people.list_staff',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    demand(personPolicy, 'choose_staff', personRelations(ctx.actor, ''), { kind: 'staff', id: ctx.community.id });
    return staffList(ctx);
  },
});
