import { type Thing, thingsIn } from './things.ts';

/** Features of one text: hashed buckets in ascending order and how often each was met. */
export type Features = { buckets: Int32Array; counts: Float32Array };

/** How many buckets features are hashed into: a power of two, large enough that two features seldom share one. */
export const BUCKETS = 1 << 20;
/** Chinese is read in pieces of one to this many characters; pairs cover most words without a dictionary. */
const LONGEST_PIECE = 2;
/** What a message begins with mostly says what it is about: its opening is read a second time, as features of its own. */
const OPENING_CHARACTERS = 30;
const OPENING_WORDS = 10;
/** Longer texts are read up to here; what it is about was said by then. */
const LONGEST_TEXT = 20_000;

const WORD = /[a-z][a-z'’]*[a-z]/g;
const OTHER = /[^\p{L}\p{N}]+/gu;
const KIND = { piece: 0x10, opening: 0x20, word: 0x30, pair: 0x31, stem: 0x32, openingWord: 0x33, thing: 0x40 };

/** One form for full-width and half-width, upper and lower case; digits become 0, as numbers name places, not matters. */
export function normalise(text: string): string {
  return text.slice(0, LONGEST_TEXT).normalize('NFKC').toLowerCase().replace(/\d/g, '0');
}

/**
 * Reads a text in Chinese, English or both into hashed features: single Chinese characters and pairs of them (spaces of
 * a segmented text do not matter), English words, their stems and pairs, the opening apart, and things named in either language. O(length).
 */
export function featuresOf(text: string): Features {
  const found = new Map<number, number>();
  const plain = normalise(text);
  const words = plain.match(WORD) ?? [];
  const rest = words.length > 0 ? plain.replace(WORD, '') : plain;
  const meet = (bucket: number) => found.set(bucket, (found.get(bucket) ?? 0) + 1);
  readFeatures(rest.replace(OTHER, ''), words, meet);
  for (const thing of thingsIn(plain)) meet(bucketOf(thing));
  const buckets = Int32Array.from(found.keys()).sort();
  return { buckets, counts: Float32Array.from(buckets, (bucket) => found.get(bucket)!) };
}

/** The features of a text in the order met, each with the places in `text` of the characters it was read from. */
export function featuresWithPlaces(text: string): { bucket: number; places: number[] }[] {
  // Forms are unified character by character, so that places stay those of the text as it was written.
  const plain = Array.from({ length: Math.min(text.length, LONGEST_TEXT) }, (_, at) => {
    const one = normalise(text[at]!);
    return one.length === 1 ? one : text[at]!;
  }).join('');
  const wordPlaces = [...plain.matchAll(WORD)].map(({ index, 0: word }) => [index, word.length] as const);
  const isWord = new Uint8Array(plain.length);
  for (const [index, length] of wordPlaces) isWord.fill(1, index, index + length);
  const kept = Array.from(plain, (_, at) => at).filter((at) => !isWord[at] && /[\p{L}\p{N}]/u.test(plain[at] ?? ''));
  const found: { bucket: number; places: number[] }[] = [];
  const words = wordPlaces.map(([index, length]) => plain.slice(index, index + length));
  readFeatures(kept.map((at) => plain[at]).join(''), words, (bucket, isCharacters, from, to) => {
    const places = isCharacters
      ? kept.slice(from, to)
      : wordPlaces.slice(from, to).flatMap(([index, length]) => range(index, length));
    found.push({ bucket, places });
  });
  for (const thing of thingsIn(plain)) found.push({ bucket: bucketOf(thing), places: range(thing.at, thing.length) });
  return found;
}

function bucketOf({ name }: Thing): number {
  return hashOf(name, 0, name.length, KIND.thing);
}

function range(from: number, length: number): number[] {
  return Array.from({ length }, (_, at) => from + at);
}

/** Meets every feature, with the characters, or the words, from `from` to `to` that it was read from. */
function readFeatures(
  characters: string,
  words: readonly string[],
  meet: (bucket: number, isCharacters: boolean, from: number, to: number) => void,
): void {
  for (let length = 1; length <= LONGEST_PIECE; length++) {
    for (let at = 0; at + length <= characters.length; at++) {
      const to = at + length;
      meet(hashOf(characters, at, to, KIND.piece + length), true, at, to);
      if (to <= OPENING_CHARACTERS) meet(hashOf(characters, at, to, KIND.opening + length), true, at, to);
    }
  }
  for (const [at, word] of words.entries()) {
    meet(hashOf(word, 0, word.length, KIND.word), false, at, at + 1);
    meet(hashOf(word, 0, Math.min(5, word.length), KIND.stem), false, at, at + 1);
    if (at < OPENING_WORDS) meet(hashOf(word, 0, word.length, KIND.openingWord), false, at, at + 1);
    if (at === 0) continue;
    const pair = `${words[at - 1]} ${word}`;
    meet(hashOf(pair, 0, pair.length, KIND.pair), false, at - 1, at + 1);
  }
}

/** Murmur-style mixing of the code units from `from` to `to`, and of what kind of feature they are. */
export function hashOf(text: string, from: number, to: number, kind: number): number {
  let hash = Math.imul(kind + 1, 0x9e3779b1);
  for (let at = from; at < to; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
}
