/** Turns margins into probabilities: softmax of scale[c] × margin[c] + shift[c]. */
export type Calibration = { scale: Float64Array; shift: Float64Array };

const STEPS = 120;
const RATE = 0.05;
/** Pulls the scales together and the shifts to nothing, so that a handful of texts cannot bend a label of its own. */
const PULL = 1e-3;

/**
 * Fits probabilities to margins of texts that the margins' model had not seen, by maximum likelihood (vector scaling:
 * Guo et al., “On Calibration of Modern Neural Networks”, ICML 2017) with Adam. O(steps × texts × labels).
 */
export function calibrate(margins: Float64Array, labels: Int32Array, label_count: number): Calibration {
  const parameters = new Float64Array(2 * label_count).fill(3, 0, label_count);
  const view: Calibration = { scale: parameters.subarray(0, label_count), shift: parameters.subarray(label_count) };
  const [first, second] = [new Float64Array(2 * label_count), new Float64Array(2 * label_count)];
  const gradient = new Float64Array(2 * label_count);
  const chances = new Float64Array(label_count);
  for (let step = 1; step <= STEPS; step++) {
    gradient.fill(0);
    for (let row = 0; row < labels.length; row++) {
      probabilitiesOf(view, margins, row * label_count, chances);
      for (let label = 0; label < label_count; label++) {
        const error = (chances[label]! - (labels[row] === label ? 1 : 0)) / labels.length;
        gradient[label]! += error * margins[row * label_count + label]!;
        gradient[label_count + label]! += error;
      }
    }
    const mean = view.scale.reduce((sum, one) => sum + one, 0) / label_count;
    for (let at = 0; at < gradient.length; at++) {
      gradient[at]! += PULL * (parameters[at]! - (at < label_count ? mean : 0));
      first[at] = 0.9 * first[at]! + 0.1 * gradient[at]!;
      second[at] = 0.99 * second[at]! + 0.01 * gradient[at]! ** 2;
      const size = Math.sqrt(second[at]! / (1 - 0.99 ** step)) + 1e-8;
      parameters[at]! -= (RATE * first[at]!) / (1 - 0.9 ** step) / size;
    }
  }
  return { scale: view.scale.slice(), shift: view.shift.slice() };
}

/** Probabilities of the labels whose margins begin at `from`, written to `to`; they sum to 1. */
export function probabilitiesOf(
  { scale, shift }: Calibration,
  margins: Float64Array,
  from: number,
  to: Float64Array,
): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < to.length; label++) {
    to[label] = scale[label]! * margins[from + label]! + shift[label]!;
    if (to[label]! > highest) highest = to[label]!;
  }
  let sum = 0;
  for (let label = 0; label < to.length; label++) {
    to[label] = Math.exp(to[label]! - highest);
    sum += to[label]!;
  }
  for (let label = 0; label < to.length; label++) to[label]! /= sum;
}

/** Above every probability: nothing is routed without a person. */
export const NEVER = 2;

/**
 * The lowest probability from which on at least `precision` of the likeliest labels are right, with one standard error
 * to spare, on texts the model had not seen; NEVER when there is none. O(n log n).
 */
export function automaticThreshold(likeliest: { probability: number; is_right: boolean }[], precision: number): number {
  const sorted = [...likeliest].sort((a, b) => b.probability - a.probability);
  let right = 0;
  let threshold = NEVER;
  for (const [at, one] of sorted.entries()) {
    if (one.is_right) right++;
    const count = at + 1;
    if (sorted[count]?.probability === one.probability) continue;
    if (right - Math.sqrt(count * precision * (1 - precision)) >= precision * count) threshold = one.probability;
  }
  return threshold;
}
