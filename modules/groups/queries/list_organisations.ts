import { z } from 'zod';
import { query } from '#platform/query.ts';
import { activeOrganisations } from '../organisation.store.ts';

/** Organisations by kind. Who they are is public; who handles requests for them is told on each request. */
export const list_organisations = query({
  name: 'groups.list_organisations',
  input: z.object({
    kinds: z.array(z.string().max(40)).max(20).optional(),
    limit: z.number().int().min(1).max(2000).default(1000),
  }),
  run: (ctx, input) => activeOrganisations(ctx, input.kinds, input.limit),
});
