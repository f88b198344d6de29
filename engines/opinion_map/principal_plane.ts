import { type OpinionMatrix, UNSEEN } from './opinion_matrix.ts';

export type Plane = {
  /** Where each participant stands: x and y in turn. */
  points: Float64Array;
  /** The share of all variance along x and along y. */
  variance: [number, number];
};

const ROUNDS = 500;
const STILL = 1e-12;

/**
 * Participants on the plane of the two principal components: what was not answered is the mean of the statement, and who
 * answered little is moved outwards by √(statements ÷ answered), so that nobody stands in the middle for being quiet
 * (Small et al. 2021). Components by power iteration from a fixed start on the covariance of statements; each points to
 * where its longest tail is, so that it does not flip. O(participants × statements²) once, then O(statements²) a round.
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

/** The eigenvector of the greatest eigenvalue, from a start that is the same every time. */
export function leadingVector(symmetric: Float64Array, m: number): { vector: Float64Array; value: number } {
  let vector = normalised(Float64Array.from({ length: m }, (_, j) => 1 + ((j * 7919) % 101) / 101));
  let value = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(m);
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let k = 0; k < m; k++) sum += symmetric[j * m + k]! * vector[k]!;
      next[j] = sum;
    }
    const length = Math.sqrt(next.reduce((sum, one) => sum + one * one, 0));
    if (length === 0) return { vector, value: 0 };
    const unit = normalised(next);
    let moved = 0;
    for (let j = 0; j < m; j++) moved += (unit[j]! - vector[j]!) ** 2;
    vector = unit;
    value = length;
    if (moved < STILL * STILL) break;
  }
  return { vector, value };
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
