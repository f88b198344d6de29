import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { listRules } from '../routing.store.ts';

/** The routing rules in the order they are asked. */
export const list_rules = query({
  name: 'requests.list_rules',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    if (!isStaff(ctx.actor)) notFound('rules', ctx.community.id);
    return listRules(ctx);
  },
});
