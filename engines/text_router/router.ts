import { automaticThreshold, type Calibration, calibrate, NEVER, probabilitiesOf } from './calibrate.ts';
import { type Features, featuresOf, hashOf } from './features.ts';
import { emptyLinear, fit, type Linear, marginsOf } from './separate.ts';
import { makeVocabulary, rowsOf, type Vocabulary } from './vocabulary.ts';

export type Example = { text: string; label: string };

/** A learnt router; plain data in typed arrays, see `packRouter` for keeping it. */
export type Router = {
  labels: string[];
  vocabulary: Vocabulary;
  linear: Linear;
  calibration: Calibration;
  /** From this probability on the likeliest label may be taken without a person; NEVER (2) when it may not. */
  automatic_from: number;
  /** How many examples it has learnt from. */
  examples: number;
};

export type Suggestion = { label: string; probability: number };
export type Classified = {
  /** Every label, likeliest first; the probabilities sum to 1. */
  suggestions: Suggestion[];
  /** True when the likeliest may be taken without a person. */
  is_automatic: boolean;
};

/** Texts that cannot be learnt from; `code` is stable. */
export class RouterError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const PRECISION = 0.97;
const PARTS = 5;

/**
 * Learns to tell labels from texts. Probabilities and the automatic threshold come from texts left out in turn (five
 * parts; texts that say the same share a part), never from texts the model had seen.
 *
 * Errors: RouterError `labels_missing` with fewer than two labels. About 1 s for 1,000 long messages; deterministic.
 */
export function trainRouter(examples: readonly Example[], { precision = PRECISION } = {}): Router {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  if (labels.length < 2) throw new RouterError('labels_missing', 'examples of at least two labels are needed');
  const numbers = new Map(labels.map((label, at) => [label, at]));
  const wanted = Int32Array.from(examples, ({ label }) => numbers.get(label)!);
  const texts = examples.map(({ text }) => featuresOf(text));
  const parts = examples.map(({ text }) => partOf(text));
  const margins = new Float64Array(examples.length * labels.length);
  for (let part = 0; part < PARTS; part++) {
    const [seen, left] = [indexesOf(parts, (one) => one !== part), indexesOf(parts, (one) => one === part)];
    if (left.length === 0 || seen.length === 0) continue;
    const model = learn(
      pick(texts, seen),
      Int32Array.from(seen, (at) => wanted[at]!),
      labels.length,
    );
    const found = marginsOf(model.linear, rowsOf(pick(texts, left), model.vocabulary));
    for (const [row, at] of left.entries()) {
      margins.set(found.subarray(row * labels.length, (row + 1) * labels.length), at * labels.length);
    }
  }
  const calibration = calibrate(margins, wanted, labels.length);
  const automatic_from = automaticThreshold(likeliestOf(calibration, margins, wanted, labels.length), precision);
  return { labels, ...learn(texts, wanted, labels.length), calibration, automatic_from, examples: examples.length };
}

/** Which labels a text may have, likeliest first. O(length of the text × labels). */
export function classify(router: Router, text: string): Classified {
  const margins = marginsOf(router.linear, rowsOf([featuresOf(text)], router.vocabulary));
  const chances = new Float64Array(router.labels.length);
  probabilitiesOf(router.calibration, margins, 0, chances);
  const suggestions = router.labels
    .map((label, at) => ({ label, probability: chances[at]! }))
    .sort((a, b) => b.probability - a.probability);
  return { suggestions, is_automatic: suggestions[0]!.probability >= router.automatic_from };
}

/** Few examples are all kept in; of many, a feature met once says nothing that is met again. */
function learn(texts: Features[], labels: Int32Array, label_count: number) {
  const vocabulary = makeVocabulary(texts, labels, label_count, texts.length < 2_000 ? 1 : 2);
  const linear = emptyLinear(vocabulary.buckets.length, label_count);
  fit(linear, rowsOf(texts, vocabulary), labels);
  return { vocabulary, linear };
}

function likeliestOf(calibration: Calibration, margins: Float64Array, labels: Int32Array, label_count: number) {
  const chances = new Float64Array(label_count);
  return Array.from(labels, (label, row) => {
    probabilitiesOf(calibration, margins, row * label_count, chances);
    let best = 0;
    for (let at = 1; at < label_count; at++) if (chances[at]! > chances[best]!) best = at;
    return { probability: chances[best]!, is_right: best === label };
  });
}

function partOf(text: string): number {
  const plain = text.replace(/[^\p{L}\p{N}]+/gu, '');
  return hashOf(plain, 0, plain.length, 0x70) % PARTS;
}

function indexesOf(parts: number[], is: (part: number) => boolean): number[] {
  return parts.flatMap((part, at) => (is(part) ? [at] : []));
}

function pick<T>(all: readonly T[], indexes: number[]): T[] {
  return indexes.map((at) => all[at]!);
}

export { NEVER };
