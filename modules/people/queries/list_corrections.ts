import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { correctionsOf } from '../correction.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';

/** Corrections that wait for a decision. */
export const list_corrections = query({
  name: 'people.list_corrections',
  input: z.object({}),
  async run(ctx) {
    demand(personPolicy, 'record_proxy', personRelations(ctx.actor, ''), { kind: 'corrections', id: ctx.community.id });
    return correctionsOf(ctx);
  },
});
