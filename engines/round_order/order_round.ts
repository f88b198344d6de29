import { EXACT_POINTS } from './best_order.ts';
import { closedTour, type Effort } from './closed_tour.ts';
import { type Distance, isSymmetric, RoundError, readDistances } from './distances.ts';
import { planRound } from './plan_round.ts';
import { beginOf, type Round, type RoundProblem } from './round_problem.ts';

/**
 * A good walking order. The stops that must be first come before all others; a service never touches a quiet time (one
 * waits); within a budget the sum of priorities is as large as found, then the duration as short. Of few points it is the best
 * there is; symmetric problems without quiet times and budget go to `closedTour`, all others to `planRound`. The same seed and
 * iterations give the same round on every machine. Throws RoundError (`points_missing`, `points_too_many`,
 * `distances_invalid`, `round_invalid`, `firsts_too_long`). O(n²) to begin with.
 */
export function orderRound(problem: RoundProblem, effort: Effort): Round {
  const distance = readDistances(problem.distances);
  checkProblem(problem);
  const { size } = problem.distances;
  const stops = problem.stops ?? [];
  const isPlain = problem.budget === undefined && stops.every(({ quiet }) => !quiet?.length);
  const order =
    size > EXACT_POINTS && isPlain && isSymmetric(size, distance)
      ? shortestOrder(problem, distance, effort)
      : planRound(problem, distance, effort);
  return roundOf(problem, distance, order);
}

function checkProblem({ distances: { size }, start, stops = [], budget }: RoundProblem): void {
  const refuse = (message: string) => {
    throw new RoundError('round_invalid', message);
  };
  if (start !== undefined && !(Number.isInteger(start) && start >= 0 && start < size)) refuse(`no point ${start}`);
  if (stops.length > 0 && stops.length !== size) refuse(`${size} points need ${size} stops, not ${stops.length}`);
  if (budget !== undefined && !(budget >= 0)) refuse(`the budget is ${budget}`);
  for (const [point, { service = 0, priority = 1, quiet = [] }] of stops.entries()) {
    if (!(service >= 0 && service < Infinity)) refuse(`the service at point ${point} takes ${service}`);
    if (!(priority >= 0 && priority < Infinity)) refuse(`the priority of point ${point} is ${priority}`);
    for (const { from, to } of quiet)
      if (!(from < to && to < Infinity)) refuse(`a quiet time at point ${point} is from ${from} to ${to}`);
  }
}

/**
 * Symmetric problems as a closed tour: an open round gets one more point that lies next to all (Jonker and Volgenant's
 * device), and ways that break a wish cost more than all others together.
 */
function shortestOrder(
  { distances: { size }, is_closed, start, stops = [] }: RoundProblem,
  distance: Distance,
  effort: Effort,
) {
  const begin = is_closed ? (start ?? 0) : start;
  const isFirst = Array.from({ length: size + 1 }, (_, point) => stops[point]?.is_first === true);
  const hasFirst = isFirst.some(Boolean);
  if (hasFirst && !is_closed && begin !== undefined) isFirst[begin] = true;
  const free = is_closed ? begin! : size;
  let dear = 0;
  if (hasFirst || (!is_closed && begin !== undefined)) {
    for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) dear = Math.max(dear, distance(a, b));
    dear = (dear + 1) * (size + 1);
  }
  const wished: Distance = (a, b) => {
    if (a === size || b === size) {
      const other = a === size ? b : a;
      if (begin === undefined || other === begin) return 0;
      return hasFirst && isFirst[other] ? 2 * dear : dear;
    }
    const isBroken = isFirst[a] !== isFirst[b] && a !== free && b !== free;
    return isBroken ? distance(a, b) + dear : distance(a, b);
  };
  const isAsItIs = is_closed && !hasFirst;
  const tour = closedTour(is_closed ? size : size + 1, isAsItIs ? distance : wished, effort);
  const at = tour.indexOf(free);
  const rest = [...tour.slice(at + 1), ...tour.slice(0, at)];
  const isTurned =
    !is_closed && begin !== undefined ? rest[0] !== begin : hasFirst && !isFirst[rest[0]!] && isFirst[rest.at(-1)!];
  if (isTurned) rest.reverse();
  return is_closed ? [begin!, ...rest] : rest;
}

function roundOf(
  { distances: { size }, is_closed, stops = [] }: RoundProblem,
  distance: Distance,
  order: number[],
): Round {
  const begins: number[] = [];
  let length = 0;
  let time = 0;
  for (const [at, point] of order.entries()) {
    const way = at === 0 ? 0 : distance(order[at - 1]!, point);
    length += way;
    const begin = beginOf(time + way, stops[point] ?? {});
    begins.push(begin);
    time = begin + (stops[point]?.service ?? 0);
  }
  const home = is_closed && order.length > 1 ? distance(order.at(-1)!, order[0]!) : 0;
  const isIn = new Set(order);
  const left_out = Array.from({ length: size }, (_, point) => point).filter((point) => !isIn.has(point));
  return { order, begins, length: length + home, duration: time + home, left_out };
}
