import { z } from 'zod';
import { query } from '#platform/query.ts';
import { selectPoints } from '../list.store.ts';
import { filters, toFilters } from './filters.ts';

/** Where the requests of a list are: points for its map, newest first. */
export const map_requests = query({
  name: 'requests.map_requests',
  reads: 'nobody',
  input: z.object({ ...filters, limit: z.coerce.number().int().min(1).max(5000).default(1000) }),
  run: (ctx, input) => selectPoints(ctx, toFilters(ctx, input), input.limit),
});
