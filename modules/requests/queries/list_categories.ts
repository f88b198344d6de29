import { z } from 'zod';
import { query } from '#platform/query.ts';
import { listCategories } from '../category.store.ts';

/** The categories that take requests today, in the order the administrator gave them. */
export const list_categories = query({
  name: 'requests.list_categories',
  reads: 'nobody',
  input: z.object({}),
  run: (ctx) => listCategories(ctx),
});
