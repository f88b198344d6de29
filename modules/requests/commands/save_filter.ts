import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { forgetFilter, LISTS, savedFilters, saveFilter } from '../saved_filter.store.ts';

const MOST = 30;

/** Staff keep a list as they look at it, under a name of their own. Nobody else sees it. */
export const save_filter = command({
  name: 'requests.save_filter',
  input: z.object({
    list: z.enum(LISTS),
    name: z.string().trim().min(1).max(40),
    /** The query of the list's address, without its question mark. */
    filters: z
      .string()
      .max(600)
      .regex(/^[\w%.~*+&=-]*$/),
  }),
  async run(ctx, input) {
    const person_id = demandStaff(ctx);
    const known = await savedFilters(ctx, person_id, input.list);
    if (known.length >= MOST && !known.some((one) => one.name === input.name))
      refuse('too_many_filters', { limit: MOST }, { field: 'name' });
    return saveFilter(ctx, { id: ctx.newId(), person_id, ...input });
  },
});

export const forget_filter = command({
  name: 'requests.forget_filter',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    if (!(await forgetFilter(ctx, demandStaff(ctx), id))) notFound('saved_filter', id);
    return { id };
  },
});

function demandStaff(ctx: Ctx): string {
  if (!isStaff(ctx.actor)) notFound('saved_filter', ctx.community.id);
  return ctx.actor.id;
}
