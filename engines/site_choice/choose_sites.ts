import { Choice, greedySites } from './choice.ts';
import { LowerBound } from './lower_bound.ts';
import { seededRandom } from './random.ts';
import { type Costs, costsOf, type SiteProblem } from './site_problem.ts';

/**
 * When to stop: after so many iterations (the same on every machine), or when so many milliseconds have passed on a clock
 * that the caller brings. `progress` gets every better answer and bound; when it returns false, the search ends.
 */
export type Effort = {
  seed?: number;
  iterations?: number;
  milliseconds?: number;
  now?: () => number;
  progress?: (chosen: Chosen) => unknown;
};

/** Site numbers in order; no choice costs less than `bound`; `gap` = (cost − bound) / cost, 0 when proven best. */
export type Chosen = { sites: number[]; cost: number; bound: number; gap: number };

const BOUND_STEPS = 8;
const MOST_SHAKES = 12;

/**
 * p-median: the sites for which weighted distances to the nearest one add up to least. Greedy and swaps give an answer at
 * once; then Lagrangian steps raise the bound and hint at sites, and swaps by chance look around the best answer (variable
 * neighbourhood search: Hansen and Mladenović 1997), until both meet or the effort is spent. Throws SiteError
 * (`sites_invalid`). An iteration is O(sites × points).
 */
export function chooseSites(problem: SiteProblem, effort: Effort): Chosen {
  return search(costsOf(problem), effort).chosen;
}

/**
 * Maximal covering: the sites within whose `radius` lies the most weight. The same search over distances of 0 within and 1
 * beyond, so `cost` is the weight left out and `covered` what is reached.
 */
export function coverMost(problem: SiteProblem & { radius: number }, effort: Effort): Chosen & { covered: number } {
  const chosen = chooseSites(coveringOf(problem), effort);
  const total = problem.weights?.reduce((sum, weight) => sum + weight, 0) ?? problem.points;
  return { ...chosen, covered: total - chosen.cost };
}

/** The p-median problem whose cost is the weight beyond the radius. */
export function coveringOf({ radius, ...problem }: SiteProblem & { radius: number }): SiteProblem {
  return { ...problem, distances: problem.distances.map((distance) => (distance <= radius ? 0 : 1)) };
}

export function search(costs: Costs, effort: Effort): { chosen: Chosen; lower: LowerBound } {
  const isOver = endOf(effort);
  const random = seededRandom(effort.seed ?? 1);
  const choice = new Choice(costs);
  choice.set(greedySites(costs));
  choice.settle(isOver);
  let best = { cost: choice.cost, open: choice.open };
  const dearest = Math.max(...best.open.map((site) => costs.of[site * costs.points]!));
  const start = choice.secondCosts().map((cost) => (cost < Number.POSITIVE_INFINITY ? cost : dearest));
  const lower = new LowerBound(costs, start);
  const chosenNow = () => chosenOf(best.open, best.cost, lower.bound, costs.isWhole);
  let told = chosenNow();
  let goesOn = effort.progress?.(told) !== false;
  let shakes = 1;
  const keep = () => {
    choice.settle(isOver);
    const isBetter = choice.cost < best.cost;
    if (isBetter) best = { cost: choice.cost, open: choice.open };
    return isBetter;
  };
  for (let left = effort.iterations ?? Number.POSITIVE_INFINITY; left > 0 && goesOn && !isOver(); left--) {
    for (let step = 0; step < BOUND_STEPS && !lower.isSpent; step++) lower.improve(best.cost);
    if (chosenNow().gap === 0) break;
    if (!lower.isSpent) {
      choice.set(lower.hint);
      keep();
    }
    choice.set(best.open);
    choice.shake(shakes, random);
    shakes = keep() || shakes >= Math.min(MOST_SHAKES, costs.count) ? 1 : shakes + 1;
    const now = chosenNow();
    if (now.cost < told.cost || now.bound > told.bound) {
      told = now;
      goesOn = effort.progress?.(told) !== false;
    }
  }
  return { chosen: chosenNow(), lower };
}

/** With whole costs the bound is the next whole number; what rounding may have added is taken off first. */
export function chosenOf(sites: number[], cost: number, bound: number, isWhole: boolean): Chosen {
  const safe = bound - 1e-7 * (1 + Math.abs(bound));
  const raised = Math.min(cost, Math.max(0, isWhole ? Math.ceil(safe) : safe));
  const isProven = raised >= cost || (!isWhole && cost - bound <= 1e-6 * (1 + cost));
  const tight = isProven ? cost : raised;
  return { sites, cost, bound: tight, gap: cost > 0 ? (cost - tight) / cost : 0 };
}

function endOf({ iterations, milliseconds, now }: Effort): () => boolean {
  if (milliseconds === undefined || !now) {
    if (iterations === undefined) throw new TypeError('iterations, or milliseconds and a clock, are needed');
    return () => false;
  }
  const end = now() + milliseconds;
  return () => now() >= end;
}
