import { BUCKETS, type Features } from './features.ts';

/** The features a model knows: a column for each bucket met often enough, and how much that column says. */
export type Vocabulary = {
  /** Column of each bucket, -1 when unknown; BUCKETS long. */
  columns: Int32Array;
  /** Bucket of each column. */
  buckets: Int32Array;
  weights: Float32Array;
};

/** Texts as rows of a sparse matrix: row i holds columns[start[i]..start[i+1]) with unit length. */
export type Rows = { start: Int32Array; columns: Int32Array; values: Float32Array };

/** How much of a feature's weight depends on how unevenly the labels use it, against how rare it is. */
const LABEL_SHARE = 0.8;
const SMOOTHING = 0.5;

/**
 * Chooses the features met in at least `met_in_at_least` texts and weighs each by inverse document frequency and by how
 * unevenly labels use it (one minus normalised entropy of the label given the feature). O(all features).
 */
export function makeVocabulary(
  texts: readonly Features[],
  labels: Int32Array,
  label_count: number,
  met_in_at_least: number,
): Vocabulary {
  const frequency = new Int32Array(BUCKETS);
  const chosen: number[] = [];
  for (const { buckets } of texts) {
    for (let at = 0; at < buckets.length; at++) {
      if (++frequency[buckets[at]!]! === met_in_at_least) chosen.push(buckets[at]!);
    }
  }
  const buckets = Int32Array.from(chosen).sort();
  const size = buckets.length;
  const columns = new Int32Array(BUCKETS).fill(-1);
  for (let column = 0; column < size; column++) columns[buckets[column]!] = column;
  const byLabel = new Float32Array(size * label_count);
  const perLabel = new Float64Array(label_count);
  for (const [at, text] of texts.entries()) {
    const label = labels[at]!;
    perLabel[label]!++;
    for (let i = 0; i < text.buckets.length; i++) {
      const column = columns[text.buckets[i]!]!;
      if (column >= 0) byLabel[column * label_count + label]!++;
    }
  }
  const weights = new Float32Array(size);
  for (let column = 0; column < size; column++) {
    const rarity = Math.log(1 + texts.length / frequency[buckets[column]!]!);
    const says =
      1 - entropy(byLabel.subarray(column * label_count, (column + 1) * label_count), perLabel, texts.length);
    weights[column] = rarity * (1 - LABEL_SHARE + LABEL_SHARE * says);
  }
  return { columns, buckets, weights };
}

/** Entropy of the label given a feature, with labels made equally frequent and smoothed, between 0 and 1. */
function entropy(met: Float32Array, perLabel: Float64Array, texts: number): number {
  let total = 0;
  const share = new Float64Array(met.length);
  for (let label = 0; label < met.length; label++) {
    const prior = (SMOOTHING * perLabel[label]! * met.length) / (2 * texts);
    share[label] = perLabel[label]! > 0 ? (met[label]! + prior) / perLabel[label]! : 0;
    total += share[label]!;
  }
  let sum = 0;
  for (const one of share) if (one > 0) sum -= (one / total) * Math.log(one / total);
  return met.length > 1 ? sum / Math.log(met.length) : 1;
}

/** Rows of unit length: (1 + ln count) × weight for every known feature. */
export function rowsOf(texts: readonly Features[], { columns, weights }: Vocabulary): Rows {
  const start = new Int32Array(texts.length + 1);
  for (const [row, { buckets }] of texts.entries()) {
    let known = 0;
    for (let at = 0; at < buckets.length; at++) if (columns[buckets[at]!]! >= 0) known++;
    start[row + 1] = start[row]! + known;
  }
  const rows: Rows = {
    start,
    columns: new Int32Array(start[texts.length]!),
    values: new Float32Array(start[texts.length]!),
  };
  for (const [row, { buckets, counts }] of texts.entries()) {
    let to = start[row]!;
    let squares = 0;
    for (let at = 0; at < buckets.length; at++) {
      const column = columns[buckets[at]!]!;
      if (column < 0) continue;
      const value = (1 + Math.log(counts[at]!)) * weights[column]!;
      rows.columns[to] = column;
      rows.values[to++] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares) || 1;
    for (let at = start[row]!; at < to; at++) rows.values[at]! /= length;
  }
  return rows;
}
