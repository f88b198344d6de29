import type { Rows } from './vocabulary.ts';

/** One linear function a label: margin of label c = bias[c] + Σ values × weights[column × labels + c]. */
export type Linear = { label_count: number; weights: Float32Array; bias: Float64Array };

/** The price of a mistake against the length of the weights. */
const COST = 2;
const ROUNDS = 10;

export function emptyLinear(columns: number, label_count: number): Linear {
  return { label_count, weights: new Float32Array(columns * label_count), bias: new Float64Array(label_count) };
}

/**
 * Fits one-against-the-rest support vector machines (squared hinge, L2) for all labels at once by dual coordinate
 * descent, starting from `linear` as it is and changing it in place. Fitting a fresh one is training; fitting a trained
 * one to further rows is learning more, with what was learnt before held as it stands.
 *
 * O(rounds × entries × labels), deterministic. Source: Hsieh et al., “A Dual Coordinate Descent Method for Large-scale
 * Linear SVM”, ICML 2008, algorithm 1 with the L2 loss.
 */
export function fit(linear: Linear, rows: Rows, labels: Int32Array): void {
  const { label_count, weights, bias } = linear;
  const { start, columns, values } = rows;
  const slack = 0.5 / COST;
  const alphas = new Float64Array(labels.length * label_count);
  const change = new Float64Array(label_count);
  const order = Int32Array.from(labels, (_, at) => at);
  const next = randomNumbers(1);
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, next);
    for (let turn = 0; turn < order.length; turn++) {
      const row = order[turn]!;
      const [begin, end] = [start[row]!, start[row + 1]!];
      change.set(bias);
      for (let at = begin; at < end; at++) {
        const base = columns[at]! * label_count;
        const value = values[at]!;
        for (let label = 0; label < label_count; label++) change[label]! += weights[base + label]! * value;
      }
      let isMoved = false;
      for (let label = 0; label < label_count; label++) {
        const side = labels[row] === label ? 1 : -1;
        const alpha = alphas[row * label_count + label]!;
        const gradient = side * change[label]! - 1 + slack * alpha;
        // A row has unit length, and the bias is one more feature of value 1.
        const moved = Math.max(0, alpha - gradient / (2 + slack));
        alphas[row * label_count + label] = moved;
        change[label] = (moved - alpha) * side;
        bias[label]! += change[label]!;
        if (moved !== alpha) isMoved = true;
      }
      if (!isMoved) continue;
      for (let at = begin; at < end; at++) {
        const base = columns[at]! * label_count;
        const value = values[at]!;
        for (let label = 0; label < label_count; label++) weights[base + label]! += change[label]! * value;
      }
    }
  }
}

/** Margins of every row, label by label. */
export function marginsOf(linear: Linear, rows: Rows): Float64Array {
  const { label_count, weights, bias } = linear;
  const count = rows.start.length - 1;
  const margins = new Float64Array(count * label_count);
  for (let row = 0; row < count; row++) {
    const to = row * label_count;
    margins.set(bias, to);
    for (let at = rows.start[row]!; at < rows.start[row + 1]!; at++) {
      const base = rows.columns[at]! * label_count;
      const value = rows.values[at]!;
      for (let label = 0; label < label_count; label++) margins[to + label]! += weights[base + label]! * value;
    }
  }
  return margins;
}

function shuffle(order: Int32Array, next: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    const kept = order[at]!;
    order[at] = order[other]!;
    order[other] = kept;
  }
}

/** Mulberry32: the same numbers on every machine. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
