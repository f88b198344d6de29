import { LIKENESS, likeness, readNeed } from './likeness.ts';
import pairs from './pairs.json' with { type: 'json' };

/** A told need to compare; place and time when known. */
export type Told = { text: string; latitude?: number | null; longitude?: number | null; told_at?: Date | null };
export type NearDuplicate<T extends Told> = {
  need: T;
  /** How probable it is that both are about the same matter. */
  probability: number;
  metres: number | null;
  hours: number | null;
};

/** Two texts, the metres and hours between them, and whether a person held them for one matter. */
export type LabelledPair = { a: string; b: string; metres: number; hours: number; is_same: boolean };

const STEPS = 600;
const RATE = 2;
const PULL = 1e-3;
const METRES_PER_DEGREE = 111_195;
const LEAST_PROBABILITY = 0.5;

export type PairModel = { weights: Float64Array; bias: number };
let model: PairModel | undefined;

/** Pairs labelled by hand for this project, in Chinese, English and across both; many are alike in words and not in matter. */
export function labelledPairs(): LabelledPair[] {
  const rows = pairs as [number, string, string, number, number][];
  return rows.map(([is_same, a, b, metres, hours]) => ({ a, b, metres, hours, is_same: is_same === 1 }));
}

/**
 * The candidates that are probably about the same matter as `need`, the likeliest first. Text, place and time count
 * together: the same words about another building, or long ago, are another matter.
 * O(candidates × length); choose candidates near by or with words in common first.
 */
export function findNearDuplicates<T extends Told>(
  need: Told,
  candidates: readonly T[],
  { at_least = LEAST_PROBABILITY, limit = 5 }: { at_least?: number; limit?: number } = {},
): NearDuplicate<T>[] {
  const pairModel = ownModel();
  const reading = readNeed(need.text);
  const found: NearDuplicate<T>[] = [];
  for (const candidate of candidates) {
    const metres = metresBetween(need, candidate);
    const hours = hoursBetween(need, candidate);
    const probability = chanceOf(pairModel, likeness(reading, readNeed(candidate.text), metres, hours));
    if (probability >= at_least) found.push({ need: candidate, probability, metres, hours });
  }
  return found.sort((a, b) => b.probability - a.probability).slice(0, limit);
}

/** Trains the starter model and fits the pairs now: half a second that the first question would otherwise wait for. */
export function makeReady(): void {
  ownModel();
}

/** The model fitted to all labelled pairs, when first asked for. */
function ownModel(): PairModel {
  model ??= fitPairs(labelledPairs());
  return model;
}

/** Fits a logistic model to labelled pairs by gradient descent; deterministic. O(steps × pairs). */
export function fitPairs(pairs: readonly LabelledPair[]): PairModel {
  const rows = pairs.map(likenessOf);
  const fitted: PairModel = { weights: new Float64Array(LIKENESS.length), bias: 0 };
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(LIKENESS.length);
    let biasGradient = 0;
    for (const [at, row] of rows.entries()) {
      const error = (chanceOf(fitted, row) - (pairs[at]!.is_same ? 1 : 0)) / rows.length;
      for (let i = 0; i < row.length; i++) gradient[i]! += error * row[i]!;
      biasGradient += error;
    }
    for (const [i, [, sign]] of LIKENESS.entries()) {
      const moved = fitted.weights[i]! - RATE * (gradient[i]! + PULL * fitted.weights[i]!);
      fitted.weights[i] = sign * Math.max(0, sign * moved);
    }
    fitted.bias -= RATE * biasGradient;
  }
  return fitted;
}

/** How probable it is that a pair is about one matter. */
export function pairProbability(fitted: PairModel, pair: LabelledPair): number {
  return chanceOf(fitted, likenessOf(pair));
}

function likenessOf({ a, b, metres, hours }: LabelledPair): Float64Array {
  return likeness(readNeed(a), readNeed(b), metres, hours);
}

function chanceOf({ weights, bias }: PairModel, row: Float64Array): number {
  let sum = bias;
  for (let at = 0; at < row.length; at++) sum += weights[at]! * row[at]!;
  return 1 / (1 + Math.exp(-sum));
}

/** Metres between two near places on a plane that fits there; null when one is unknown. */
function metresBetween(a: Told, b: Told): number | null {
  if (a.latitude == null || a.longitude == null || b.latitude == null || b.longitude == null) return null;
  const stretch = Math.cos((((a.latitude + b.latitude) / 2) * Math.PI) / 180);
  return METRES_PER_DEGREE * Math.hypot(a.latitude - b.latitude, (a.longitude - b.longitude) * stretch);
}

function hoursBetween(a: Told, b: Told): number | null {
  if (!a.told_at || !b.told_at) return null;
  return Math.abs(a.told_at.getTime() - b.told_at.getTime()) / 3_600_000;
}
