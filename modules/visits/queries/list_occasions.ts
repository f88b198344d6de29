import { z } from 'zod';
import { query } from '#platform/query.ts';
import { occasionsOf } from '../occasion.store.ts';

/** The occasions to knock, as this place words them. */
export const list_occasions = query({
  name: 'visits.list_occasions',
  reads: 'nobody',
  input: z.object({}),
  run: (ctx) => occasionsOf(ctx),
});
