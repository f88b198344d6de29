import { bestOrder, EXACT_POINTS } from './best_order.ts';
import { closedTour, type Effort, endOf } from './closed_tour.ts';
import { type Distance, nearestOf, RoundError } from './distances.ts';
import { type Random, seededRandom } from './random.ts';
import { beginOf, type RoundProblem, type Stop } from './round_problem.ts';

/** How far back a candidate is compared; longer wanders further and settles later. */
const HISTORY = 200;
const NEAREST = 8;
/** After so many candidates without a better round the search begins again near the best one. */
const PATIENCE = 400;
const SHAKES = 12;
/** The share of the effort that goes into the first order, before wishes are looked at. */
const FIRST_SHARE = 0.1;

/**
 * An order under quiet times, a budget with priorities, or ways that differ by direction: moves, turns, exchanges,
 * insertions and removals of single stops or short runs by chance, near neighbours before others, accepted when not worse
 * than the present order or the one 200 candidates ago (late acceptance: Burke and Bykov, “The late acceptance
 * hill-climbing heuristic”, 2017). O(n) a candidate. Of few points the best order there is (see bestOrder).
 */
export function planRound(
  problem: RoundProblem,
  distance: Distance,
  effort: Effort,
  exact_points = EXACT_POINTS,
): number[] {
  const isOver = endOf(effort);
  const plan = new Plan(problem, distance);
  if (problem.distances.size <= exact_points) return plan.fill(bestOrder(problem, distance, plan.weights));
  const random = seededRandom(effort.seed ?? 1);
  let order = plan.begin(effort);
  let cost = plan.costOf(order);
  let best = order;
  let bestRank = plan.rankOf(order);
  const history = new Float64Array(HISTORY).fill(cost);
  const iterations = effort.iterations ?? Number.POSITIVE_INFINITY;
  const patience = PATIENCE + 4 * plan.movable;
  let sinceBest = 0;
  for (let iteration = 0; plan.movable > 0 && iteration < iterations; iteration++) {
    if (iteration % 32 === 0 && isOver()) break;
    if (++sinceBest % patience === 0) {
      order = plan.shake(best, random);
      cost = plan.costOf(order);
      history.fill(cost);
    }
    const candidate = plan.vary(order, random);
    const candidateCost = plan.costOf(candidate);
    const slot = iteration % HISTORY;
    if (candidateCost <= cost || candidateCost <= history[slot]!) {
      order = candidate;
      cost = candidateCost;
      const rank = plan.rankOf(order);
      if (rank.lost < bestRank.lost || (rank.lost === bestRank.lost && rank.duration < bestRank.duration - 1e-9)) {
        best = order;
        bestRank = rank;
        sinceBest = 0;
      }
    }
    history[slot] = cost;
  }
  return plan.fill(best);
}

/** What is lost in priority and how long it takes; duration Infinity when the order may not be. */
type Rank = { lost: number; duration: number };

class Plan {
  readonly #problem: RoundProblem;
  readonly #distance: Distance;
  readonly #stops: Stop[];
  readonly #start: number | undefined;
  readonly #size: number;
  readonly #nearest: Int32Array;
  readonly #count: number;
  readonly weights: Float64Array;
  /** What a unit of lost priority costs beside time while searching. */
  readonly #price: number;
  readonly movable: number;

  constructor(problem: RoundProblem, distance: Distance) {
    const { size } = problem.distances;
    this.#problem = problem;
    this.#distance = distance;
    this.#size = size;
    this.#stops = Array.from({ length: size }, (_, point) => problem.stops?.[point] ?? {});
    this.#start = problem.start ?? (problem.is_closed ? 0 : undefined);
    this.#count = Math.min(NEAREST, size - 1);
    this.#nearest = nearestOf(size, this.#count, (a, b) => Math.min(distance(a, b), distance(b, a)));
    const sum = this.#stops.reduce((total, { priority = 1 }) => total + priority, 0);
    // A stop that must be first is never given up for others.
    this.weights = Float64Array.from(this.#stops, ({ priority = 1, is_first }) => (is_first ? sum + 1 : priority));
    this.#price = sum > 0 && problem.budget !== undefined ? (4 * problem.budget) / sum : 1;
    this.movable = size - (this.#start === undefined ? 0 : 1);
    this.#checkFirsts();
  }

  /** Refused when not even the start and the stops that must be first can fit, each alone. */
  #checkFirsts(): void {
    const base = this.#start === undefined ? [] : [this.#start];
    for (let point = 0; point < this.#size; point++) {
      if (!this.#stops[point]!.is_first && point !== this.#start) continue;
      const order = point === this.#start ? base : [...base, point];
      if (this.rankOf(order).duration < Infinity) continue;
      throw new RoundError('firsts_too_long', `point ${point} alone takes longer than the budget`);
    }
  }

  /** The shortest tour when wishes are forgotten, firsts moved to the front, what does not fit left out. */
  begin(effort: Effort): number[] {
    const { milliseconds, iterations } = effort;
    const share = {
      ...effort,
      milliseconds: milliseconds === undefined ? undefined : milliseconds * FIRST_SHARE,
      iterations: iterations === undefined ? undefined : Math.ceil(iterations * FIRST_SHARE * 0.1),
    };
    const tour = closedTour(this.#size, (a, b) => (this.#distance(a, b) + this.#distance(b, a)) / 2, share);
    const from = this.#start === undefined ? 0 : tour.indexOf(this.#start);
    const around = [...tour.slice(from), ...tour.slice(0, from)].filter((point) => point !== this.#start);
    const back = around.slice().reverse();
    const [one, other] = [around, back].map((points) => this.#fitting(points)) as [number[], number[]];
    return this.costOf(one) <= this.costOf(other) ? one : other;
  }

  #fitting(points: number[]): number[] {
    const isFirst = (point: number) => this.#stops[point]!.is_first === true;
    const wanted = [...points.filter(isFirst), ...points.filter((point) => !isFirst(point))];
    let order = this.#start === undefined ? [] : [this.#start];
    for (const point of wanted) {
      const longer = [...order, point];
      if (this.rankOf(longer).duration < Infinity) order = longer;
    }
    return order;
  }

  rankOf(order: number[]): Rank {
    const { is_closed, budget = Number.POSITIVE_INFINITY } = this.#problem;
    let [time, lost] = [0, 0];
    let mayBeFirst = true;
    let before = -1;
    for (const point of order) {
      const stop = this.#stops[point]!;
      if (point !== this.#start) {
        if (stop.is_first && !mayBeFirst) return { lost: Number.POSITIVE_INFINITY, duration: Number.POSITIVE_INFINITY };
        mayBeFirst = stop.is_first === true;
      }
      if (before >= 0) time += this.#distance(before, point);
      if (stop.quiet?.length) time = beginOf(time, stop);
      time += stop.service ?? 0;
      lost -= this.weights[point]!;
      before = point;
    }
    if (is_closed && order.length > 1) time += this.#distance(before, order[0]!);
    return { lost, duration: time <= budget ? time : Number.POSITIVE_INFINITY };
  }

  costOf(order: number[]): number {
    const { lost, duration } = this.rankOf(order);
    return duration === Number.POSITIVE_INFINITY ? duration : duration + lost * this.#price;
  }

  /** Another order that differs a little. */
  vary(order: number[], random: Random): number[] {
    const fixed = this.#start === undefined ? 0 : 1;
    const length = order.length - fixed;
    const kind = random.below(10);
    if (length < this.movable && (kind < 4 || length < 2)) return this.#bringIn(order, fixed, random);
    if (this.#problem.budget !== undefined && kind === 4 && length > 0) {
      const at = fixed + random.below(length);
      return order.filter((_, place) => place !== at);
    }
    if (length < 2) return order;
    const from = fixed + random.below(length);
    if (kind < 6) {
      const to = fixed + random.below(length);
      const [left, right] = [Math.min(from, to), Math.max(from, to)];
      return [...order.slice(0, left), ...order.slice(left, right + 1).reverse(), ...order.slice(right + 1)];
    }
    const run = order.slice(from, from + 1 + random.below(3));
    const rest = [...order.slice(0, from), ...order.slice(from + run.length)];
    const place = this.#placeNear(rest, run[0]!, fixed, random);
    if (random.below(2) === 0) run.reverse();
    return [...rest.slice(0, place), ...run, ...rest.slice(place)];
  }

  /** The order after several changes, each allowed but none needing to be good. */
  shake(order: number[], random: Random): number[] {
    let shaken = order;
    for (let left = 1 + random.below(SHAKES); left > 0; left--) {
      const candidate = this.vary(shaken, random);
      if (this.rankOf(candidate).duration < Number.POSITIVE_INFINITY) shaken = candidate;
    }
    return shaken;
  }

  /** Puts in a stop that was left out; half the time in place of another. */
  #bringIn(order: number[], fixed: number, random: Random): number[] {
    const isIn = new Set(order);
    const out = this.#stops.map((_, point) => point).filter((point) => !isIn.has(point));
    const point = out[random.below(out.length)]!;
    const dropped = order.length > fixed && random.below(2) === 0 ? fixed + random.below(order.length - fixed) : -1;
    const rest = order.filter((_, place) => place !== dropped);
    const place = this.#placeNear(rest, point, fixed, random);
    return [...rest.slice(0, place), point, ...rest.slice(place)];
  }

  /** A place before or behind a near neighbour, or now and then anywhere. */
  #placeNear(order: number[], point: number, fixed: number, random: Random): number {
    if (this.#count > 0 && random.below(8) > 0) {
      const at = order.indexOf(this.#nearest[point * this.#count + random.below(this.#count)]!);
      if (at >= 0) return Math.max(fixed, at + random.below(2));
    }
    return fixed + random.below(order.length - fixed + 1);
  }

  /** Puts in whatever still fits, the highest priority first, where it takes least. */
  fill(order: number[]): number[] {
    const fixed = this.#start === undefined ? 0 : 1;
    const out = this.#stops.map((_, point) => point).filter((point) => !order.includes(point));
    out.sort((a, b) => this.weights[b]! - this.weights[a]! || a - b);
    let filled = order;
    for (const point of out) {
      let [shortest, best] = [Number.POSITIVE_INFINITY, filled];
      for (let place = fixed; place <= filled.length; place++) {
        const longer = [...filled.slice(0, place), point, ...filled.slice(place)];
        const { duration } = this.rankOf(longer);
        if (duration < shortest) [shortest, best] = [duration, longer];
      }
      filled = best;
    }
    return filled;
  }
}
