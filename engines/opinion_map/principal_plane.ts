import { type OpinionMatrix, UNSEEN } from './opinion_matrix.ts';

export type Plane = {
  /** Where each participant stands: x and y in turn. */
  points: Float64Array;
  /** The share of all variance along x and along y. */
  variance: [number, number];
};

const ROUNDS = 60;
const STILL = 1e-12;
const STILL_SQUARES = 1e-15;

/**
 * Participants on the plane of the two principal components: what was not answered is the mean of the statement, and who
 * answered little is moved outwards by √(statements ÷ answered), so that nobody stands in the middle for being quiet
 * (Small et al. 2021). Components by power iteration on the covariance of statements; each points to where its longest
 * tail is, so that it does not flip. O(participants × statements²) once, then O(statements³) a round.
 */
export function principalPlane(matrix: OpinionMatrix): Plane {
  const { participants, statements, given } = matrix;
  const [n, m] = [participants.length, statements.length];
  const centred = centre(matrix);
  const covariance = covarianceOf(centred, n, m);
  let total = 0;
  for (let j = 0; j < m; j++) total += covariance[j * m + j]!;
  const points = new Float64Array(n * 2);
  const variance: [number, number] = [0, 0];
  if (total <= STILL) return { points, variance };
  for (const axis of [0, 1] as const) {
    const { vector, value } = leadingVector(covariance, m);
    if (value <= STILL * total) break;
    variance[axis] = value / total;
    project(centred, vector, given, points, axis);
    deflate(covariance, vector, value);
  }
  return { points, variance };
}

/** Every opinion less the mean of its statement; nothing where there is none. */
function centre({ participants, statements, values }: OpinionMatrix): Float64Array {
  const m = statements.length;
  const centred = new Float64Array(participants.length * m);
  for (let j = 0; j < m; j++) {
    let [sum, seen] = [0, 0];
    for (let at = j; at < values.length; at += m)
      if (values[at] !== UNSEEN) {
        sum += values[at]!;
        seen++;
      }
    if (seen === 0) continue;
    const mean = sum / seen;
    for (let at = j; at < values.length; at += m) if (values[at] !== UNSEEN) centred[at] = values[at]! - mean;
  }
  return centred;
}

function covarianceOf(centred: Float64Array, n: number, m: number): Float64Array {
  const covariance = new Float64Array(m * m);
  for (let i = 0; i < n; i++) {
    const row = centred.subarray(i * m, (i + 1) * m);
    for (let j = 0; j < m; j++) {
      const value = row[j]!;
      if (value === 0) continue;
      const to = covariance.subarray(j * m, (j + 1) * m);
      for (let k = j; k < m; k++) to[k]! += value * row[k]!;
    }
  }
  for (let j = 0; j < m; j++)
    for (let k = j; k < m; k++) {
      const value = covariance[j * m + k]! / n;
      covariance[j * m + k] = value;
      covariance[k * m + j] = value;
    }
  return covariance;
}

/**
 * The eigenvector of the greatest eigenvalue of a symmetric matrix without negative eigenvalues. Power iteration by squaring the
 * matrix, so that k rounds do what 2ᵏ steps from a start would: eigenvalues that are nearly alike come apart, and no start can lie
 * across. Where they are alike any vector of theirs is one. O(m³) a round, some ten rounds.
 */
export function leadingVector(symmetric: Float64Array, m: number): { vector: Float64Array; value: number } {
  let power = ofTraceOne(symmetric, m);
  if (!power) return { vector: new Float64Array(m), value: 0 };
  let [squares, before] = [0, -1];
  // The sum of squares is 1 once a single direction is left, and no longer grows when several are alike.
  for (let round = 0; round < ROUNDS && squares - before > STILL_SQUARES; round++) {
    before = squares;
    squares = power.reduce((sum, one) => sum + one * one, 0);
    power = ofTraceOne(squared(power, m), m)!;
  }
  let longest = 0;
  for (let j = 1; j < m; j++) if (power[j * m + j]! > power[longest * m + longest]!) longest = j;
  const vector = normalised(power.slice(longest * m, (longest + 1) * m));
  let value = 0;
  for (let j = 0; j < m; j++) for (let k = 0; k < m; k++) value += vector[j]! * symmetric[j * m + k]! * vector[k]!;
  return { vector, value };
}

function ofTraceOne(matrix: Float64Array, m: number): Float64Array | undefined {
  let trace = 0;
  for (let j = 0; j < m; j++) trace += matrix[j * m + j]!;
  return trace > 0 ? matrix.map((one) => one / trace) : undefined;
}

function squared(matrix: Float64Array, m: number): Float64Array {
  const square = new Float64Array(m * m);
  for (let j = 0; j < m; j++)
    for (let k = 0; k < m; k++) {
      const factor = matrix[j * m + k]!;
      if (factor !== 0) for (let l = 0; l < m; l++) square[j * m + l]! += factor * matrix[k * m + l]!;
    }
  return square;
}

function normalised(vector: Float64Array): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, one) => sum + one * one, 0));
  return length === 0 ? vector : vector.map((one) => one / length);
}

function deflate(symmetric: Float64Array, vector: Float64Array, value: number): void {
  const m = vector.length;
  for (let j = 0; j < m; j++) for (let k = 0; k < m; k++) symmetric[j * m + k]! -= value * vector[j]! * vector[k]!;
}

function project(
  centred: Float64Array,
  vector: Float64Array,
  given: Int32Array,
  points: Float64Array,
  axis: 0 | 1,
): void {
  const m = vector.length;
  let tail = 0;
  for (let i = 0; i < given.length; i++) {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += centred[i * m + j]! * vector[j]!;
    points[i * 2 + axis] = sum * Math.sqrt(m / Math.max(1, given[i]!));
    tail += sum ** 3;
  }
  if (tail < 0) for (let i = axis; i < points.length; i += 2) points[i] = -points[i]!;
}
