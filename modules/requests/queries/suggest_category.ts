import { z } from 'zod';
import { suggestCategories } from '#engines/text_router/index.ts';
import { query } from '#platform/query.ts';
import { listCategories } from '../category.store.ts';
import { currentRouter } from '../category_model.store.ts';

/** Below this a suggestion is a guess and is not made. */
const LEAST_PROBABILITY = 0.2;

/** Which kinds of need a text sounds like, likeliest first, with the words that spoke for each and the model's version (0 is the starter). */
export const suggest_category = query({
  name: 'requests.suggest_category',
  reads: 'nobody',
  input: z.object({ text: z.string().max(4000), limit: z.number().int().min(1).max(5).default(3) }),
  async run(ctx, { text, limit }) {
    const categories = new Map((await listCategories(ctx)).map((category) => [category.code, category]));
    const { version, router } = await currentRouter(ctx);
    return suggestCategories(text, { limit: limit + 3, router })
      .filter((one) => categories.has(one.label) && one.probability >= LEAST_PROBABILITY)
      .slice(0, limit)
      .map(({ label, probability, words }) => {
        const { id, names } = categories.get(label)!;
        return { id, code: label, names, probability, words, version };
      });
  },
});
