import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { listTemplates } from '../template.store.ts';

/** Words ready for an answer: those of a category and the general ones. */
export const list_templates = query({
  name: 'requests.list_templates',
  reads: 'nobody',
  input: z.object({ category_id: z.uuid().optional() }),
  async run(ctx, input) {
    if (!isStaff(ctx.actor)) notFound('templates', ctx.community.id);
    return listTemplates(ctx, input.category_id);
  },
});
