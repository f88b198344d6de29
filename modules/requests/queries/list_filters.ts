import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import { query } from '#platform/query.ts';
import { LISTS, savedFilters } from '../saved_filter.store.ts';

/** The filters that the reader has kept for a list. */
export const list_filters = query({
  name: 'requests.list_filters',
  reads: 'own',
  input: z.object({ list: z.enum(LISTS) }),
  run: async (ctx, { list }) => (isStaff(ctx.actor) ? savedFilters(ctx, ctx.actor.id, list) : []),
});
