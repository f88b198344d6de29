/** How far it is from `a` to `b`, both 0 … size-1. Any unit; finite and not negative. May differ by direction. */
export type Distance = (a: number, b: number) => number;

/** Distances between all points: row by row from `a` to `b` in an array of size × size, or a function. */
export type Distances = { size: number; between: Float64Array | Distance };

/** An input that no order can be made of; `code` says which rule it breaks. */
export class RoundError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Up to here a function is written out into a matrix, which is read many times faster. */
const MATRIX_SIZE = 2048;
export const LARGEST_SIZE = 20_000;

/**
 * The distances as a function that is quick to call. Checks a matrix's size and that every number in it is finite and not
 * negative (`distances_invalid`), and how many points there are (`points_too_many`). O(n²) up to 2,048 points.
 */
export function readDistances({ size, between }: Distances): Distance {
  if (!Number.isInteger(size) || size < 1) throw new RoundError('points_missing', 'there is no point to order');
  if (size > LARGEST_SIZE)
    throw new RoundError('points_too_many', `${size} points are more than ${LARGEST_SIZE}; split them`);
  if (typeof between === 'function' && size > MATRIX_SIZE) return between;
  const matrix = typeof between === 'function' ? writeOut(size, between) : between;
  if (matrix.length !== size * size)
    throw new RoundError('distances_invalid', `${size} points need ${size * size} distances, not ${matrix.length}`);
  for (let at = 0; at < matrix.length; at++) {
    const distance = matrix[at]!;
    if (distance >= 0 && distance < Number.POSITIVE_INFINITY) continue;
    const [from, to] = [Math.floor(at / size), at % size];
    throw new RoundError('distances_invalid', `the distance from point ${from} to ${to} is ${distance}`);
  }
  return (a, b) => matrix[a * size + b]!;
}

function writeOut(size: number, distance: Distance): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) if (a !== b) matrix[a * size + b] = distance(a, b);
  return matrix;
}

/** Whether every way is as long as the way back. O(n²), on numbers equal up to rounding. */
export function isSymmetric(size: number, distance: Distance): boolean {
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      const [there, back] = [distance(a, b), distance(b, a)];
      if (Math.abs(there - back) > 1e-9 * (there + back)) return false;
    }
  }
  return true;
}

/** For every point its `count` nearest others, nearest first, ties by number: n × count. O(n² log count) at worst. */
export function nearestOf(size: number, count: number, distance: Distance): Int32Array {
  const nearest = new Int32Array(size * count);
  const far = new Float64Array(count);
  for (let a = 0; a < size; a++) {
    const first = a * count;
    let found = 0;
    for (let b = 0; b < size; b++) {
      if (a === b) continue;
      const length = distance(a, b);
      if (found === count && length >= far[count - 1]!) continue;
      let at = found < count ? found++ : count - 1;
      for (; at > 0 && far[at - 1]! > length; at--) {
        far[at] = far[at - 1]!;
        nearest[first + at] = nearest[first + at - 1]!;
      }
      far[at] = length;
      nearest[first + at] = b;
    }
  }
  return nearest;
}
