import { type Features, featuresOf, normalise } from '../features.ts';
import { classify } from '../router.ts';
import { starterModel } from '../starter.ts';
import { thingsIn } from '../things.ts';
import { numbersOf } from './numbers.ts';

/** A told need, read once for comparing. */
export type Reading = {
  features: Features;
  concepts: Set<string>;
  numbers: Map<string, string>;
  /** Probabilities of the starter categories. */
  categories: Map<string, number>;
};

/**
 * What is compared of two needs, each between 0 and 1, and whether it can only speak for (1) or against (-1) their being
 * one matter. Hard examples alone would teach that like words speak against; the signs keep sense where no example was.
 */
export const LIKENESS: readonly (readonly [what: string, sign: 1 | -1])[] = [
  ['pieces in common', 1],
  ['smaller text within the larger', 1],
  ['things in common', 1],
  ['things of one only', -1],
  ['same category', 1],
  ['numbers that differ', -1],
  ['numbers that agree', 1],
  ['distance', -1],
  ['far apart', -1],
  ['time between', -1],
  ['long between', -1],
  ['one asks, the other tells', -1],
  ['personal matters far apart', -1],
];

/** Matters that concern one household: the same words from two doors are two needs. */
const PERSONAL = new Set(['elder_care', 'hardship', 'health', 'dispute', 'children', 'governance']);
const FAR_METRES = 150;
const LONG_HOURS = 14 * 24;

const KEPT_READINGS = 1_000;
const readings = new Map<string, Reading>();

/** Reads a need; what was read lately is kept, since the same open needs are compared with each new one. */
export function readNeed(text: string): Reading {
  const known = readings.get(text);
  if (known) return known;
  const plain = normalise(text);
  const reading = {
    features: featuresOf(text),
    concepts: new Set(thingsIn(plain).map(({ name }) => name)),
    numbers: numbersOf(text),
    categories: new Map(classify(starterModel(), text).suggestions.map((one) => [one.label, one.probability])),
  };
  if (readings.size >= KEPT_READINGS) readings.delete(readings.keys().next().value!);
  readings.set(text, reading);
  return reading;
}

/** How alike two needs are; unknown distances and times count as middling. O(features). */
export function likeness(a: Reading, b: Reading, metres: number | null, hours: number | null): Float64Array {
  const shared = sharedPieces(a.features, b.features);
  const [ofA, ofB] = [sharedPieces(a.features, a.features), sharedPieces(b.features, b.features)];
  const common = [...a.concepts].filter((one) => b.concepts.has(one) && !LOOSE.has(one)).length;
  const things = (reading: Reading) => [...reading.concepts].filter((one) => !LOOSE.has(one)).length;
  const [thingsA, thingsB] = [things(a), things(b)];
  const cosine = shared / Math.sqrt(ofA * ofB || 1);
  // Where the list knows no word of either text, their pieces stand in for the things they name.
  const inCommon = thingsA + thingsB > 0 ? common / (Math.min(thingsA, thingsB) || 1) : cosine;
  const ofOneOnly = thingsA + thingsB > 0 ? (thingsA + thingsB - 2 * common) / (thingsA + thingsB) : 1 - cosine;
  let category = 0;
  let personal = 0;
  for (const [label, chance] of a.categories) {
    category += Math.sqrt(chance * (b.categories.get(label) ?? 0));
    if (PERSONAL.has(label)) personal += (chance + (b.categories.get(label) ?? 0)) / 2;
  }
  const kinds = [...a.numbers.keys()].filter((kind) => b.numbers.has(kind));
  const differ = kinds.some((kind) => a.numbers.get(kind) !== b.numbers.get(kind));
  const asks = (reading: Reading) => reading.concepts.has('wish') || reading.concepts.has('how');
  const far = metres === null ? 0.3 : Math.min(1, Math.log1p(metres) / Math.log1p(1000));
  const late = hours === null ? 0.3 : Math.min(1, Math.log1p(hours) / Math.log1p(4000));
  return Float64Array.of(
    cosine,
    shared / (Math.min(ofA, ofB) || 1),
    inCommon,
    ofOneOnly,
    category,
    differ ? 1 : 0,
    kinds.length > 0 && !differ ? 1 : 0,
    far,
    metres !== null && metres > FAR_METRES ? 1 : 0,
    late,
    hours !== null && hours > LONG_HOURS ? 1 : 0,
    asks(a) === asks(b) ? 0 : 1,
    metres !== null && metres > FAR_METRES / 3 ? personal : 0,
  );
}

/** Concepts that say how one speaks, not of what. */
const LOOSE = new Set(['wish', 'how', 'broken']);

/** Sum of root counts of the features both have, those of the opening and rare kinds alike. O(features). */
function sharedPieces(a: Features, b: Features): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.buckets.length && j < b.buckets.length; ) {
    const difference = a.buckets[i]! - b.buckets[j]!;
    if (difference === 0) sum += Math.sqrt(a.counts[i]! * b.counts[j]!);
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return sum;
}
