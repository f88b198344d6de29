import { z } from 'zod';
import { query } from '#platform/query.ts';
import { selectUpdates } from '../update.store.ts';
import { instant } from './filters.ts';

/** What happened to public requests in a span of time, oldest first: what another system follows them by. */
export const list_updates = query({
  name: 'requests.list_updates',
  reads: 'nobody',
  input: z.object({
    from: instant,
    to: instant,
    numbers: z.array(z.number().int().positive()).min(1).max(200).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(1000),
    offset: z.coerce.number().int().min(0).max(10_000).default(0),
  }),
  run: selectUpdates,
});
