import type { Distance } from './distances.ts';
import { beginOf, type RoundProblem } from './round_problem.ts';

/** Rounds of so few points are ordered as well as can be: some milliseconds. */
export const EXACT_POINTS = 12;

/**
 * The best order there is: as much weight as the budget has room for (all points without one), then the shortest duration.
 * Dynamic programming over which points were visited and which of them last (Bellman 1962; Held and Karp 1962). To come
 * earlier is never worse, since one may wait, so of all ways to the same the earliest is kept. O(2ⁿ n²) time, O(2ⁿ n) memory.
 */
export function bestOrder(problem: RoundProblem, distance: Distance, weights: ArrayLike<number>): number[] {
  const { budget, is_closed } = problem;
  const { size } = problem.distances;
  const start = problem.start ?? (is_closed ? 0 : undefined);
  const all = 2 ** size;
  const ends = new Float64Array(all * size).fill(Number.POSITIVE_INFINITY);
  const before = new Int8Array(all * size).fill(-1);
  const stopAt = (point: number) => problem.stops?.[point] ?? {};
  const isFirst = Array.from({ length: size }, (_, point) => stopAt(point).is_first === true);
  const arrive = (visited: number, last: number, point: number, time: number) => {
    const end = beginOf(time, stopAt(point)) + (stopAt(point).service ?? 0);
    const state = (visited | (1 << point)) * size + point;
    if (end > (budget ?? Number.POSITIVE_INFINITY) || end >= ends[state]!) return;
    ends[state] = end;
    before[state] = last;
  };
  for (let point = 0; point < size; point++) if (point === (start ?? point)) arrive(0, -1, point, 0);
  const best = { weight: -1, duration: Number.POSITIVE_INFINITY, visited: 0, last: -1 };
  for (let visited = 1; visited < all; visited++) {
    const weight = weightOf(visited, size, weights);
    for (let last = 0; last < size; last++) {
      const end = ends[visited * size + last]!;
      if (end === Number.POSITIVE_INFINITY) continue;
      for (let point = 0; point < size; point++) {
        const mayFollow = !isFirst[point] || isFirst[last] || last === start;
        if (mayFollow && (visited & (1 << point)) === 0) arrive(visited, last, point, end + distance(last, point));
      }
      if (budget === undefined && visited !== all - 1) continue;
      const isAlone = (visited & (visited - 1)) === 0;
      const duration = end + (is_closed && !isAlone ? distance(last, start!) : 0);
      if (duration > (budget ?? Number.POSITIVE_INFINITY)) continue;
      if (weight > best.weight || (weight === best.weight && duration < best.duration))
        Object.assign(best, { weight, duration, visited, last });
    }
  }
  return wayTo(best, before, size);
}

function weightOf(visited: number, size: number, weights: ArrayLike<number>): number {
  let weight = 0;
  for (let point = 0; point < size; point++) if (visited & (1 << point)) weight += weights[point]!;
  return weight;
}

function wayTo({ visited, last }: { visited: number; last: number }, before: Int8Array, size: number): number[] {
  const order: number[] = [];
  let [rest, point] = [visited, last];
  while (point >= 0) {
    order.unshift(point);
    const previous = before[rest * size + point]!;
    rest &= ~(1 << point);
    point = previous;
  }
  return order;
}
