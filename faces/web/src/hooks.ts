import type { Transport } from '@sveltejs/kit/hooks';
import { Vocabulary } from '#lib/vocabulary.ts';

/** What a page is made of is written out for a browser, at every visit; the words of the place, most of it, are read here alone. */
export const transport: Transport = {
  Vocabulary: { encode: (value) => value instanceof Vocabulary && 1, decode: () => new Vocabulary([], []) },
};
