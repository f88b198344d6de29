import { z } from 'zod';
import { suggestCategories } from '#engines/text_router/index.ts';
import { query } from '#platform/query.ts';
import { listCategories } from '../category.store.ts';

/** Below this a suggestion is a guess and is not made. */
const LEAST_PROBABILITY = 0.2;

/** Which kinds of need a text sounds like, likeliest first, with the words that spoke for each. */
export const suggest_category = query({
  name: 'requests.suggest_category',
  input: z.object({ text: z.string().max(4000), limit: z.number().int().min(1).max(5).default(3) }),
  async run(ctx, { text, limit }) {
    const categories = new Map((await listCategories(ctx)).map((category) => [category.code, category]));
    return suggestCategories(text, { limit: limit + 3 })
      .filter((one) => categories.has(one.label) && one.probability >= LEAST_PROBABILITY)
      .slice(0, limit)
      .map(({ label, probability, words }) => ({
        code: label,
        names: categories.get(label)!.names,
        probability,
        words,
      }));
  },
});
