import { z } from 'zod';
import { query } from '#platform/query.ts';
import { searchTokens } from '#platform/text_search.ts';
import { selectSimilar } from '../similar.store.ts';

const RADIUS_METRES = 300;
const SINCE_DAYS = 90;
const CANDIDATES = 50;

/** Open requests that may be about the same thing: enough words in common, near by when a place is known. */
export const find_similar = query({
  name: 'requests.find_similar',
  input: z.object({
    text: z.string().max(4000),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    not_id: z.uuid().optional(),
    limit: z.number().int().min(1).max(10).default(5),
  }),
  async run(ctx, input) {
    const since = new Date(ctx.now.getTime() - SINCE_DAYS * 86_400_000);
    const found = await selectSimilar(ctx, { ...input, radius_metres: RADIUS_METRES, since, limit: CANDIDATES });
    const words = Math.min(40, searchTokens(input.text).filter((token) => token.length > 1).length);
    // Near by, a third of the words is enough; anywhere, it takes half.
    return found
      .filter((one) => one.shared_words >= Math.max(2, words * (one.metres === null ? 0.5 : 0.3)))
      .slice(0, input.limit);
  },
});
