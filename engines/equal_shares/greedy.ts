import { type Election, ElectionError } from './election.ts';
import type { Utility } from './electorate.ts';
import { add, compare, divide, type Fraction, fraction, multiply, subtract, ZERO } from './fraction.ts';
import { votesOf } from './tie_order.ts';

/**
 * Utilitarian greedy: by utility per cost, highest first, what still fits. With cost utility that is the order of votes.
 * As in pabutools, projects without any utility come last and are taken too when they fit.
 * @param chosen Projects already funded, whose cost is gone. @returns the projects added, in order.
 */
export function chooseGreedily(
  election: Election,
  utility: Utility,
  ranks: Int32Array,
  chosen: readonly number[] = [],
): number[] {
  const { projects, budget } = election;
  const value = utilityPerCost(election, utility);
  const left = new Set(projects.keys());
  for (const project of chosen) left.delete(project);
  const order = [...left].sort((a, b) => compareValue(value[b]!, value[a]!) || ranks[a]! - ranks[b]!);
  let money = chosen.reduce((rest, project) => subtract(rest, projects[project]!.cost), budget);
  const added: number[] = [];
  for (const project of order) {
    const { cost } = projects[project]!;
    if (compare(cost, money) > 0) continue;
    added.push(project);
    money = subtract(money, cost);
  }
  return added;
}

/** `null` is more than any number: something for nothing. */
type Value = Fraction | null;

function compareValue(a: Value, b: Value): number {
  if (a && b) return compare(a, b);
  return a ? -1 : b ? 1 : 0;
}

function utilityPerCost(election: Election, utility: Utility): Value[] {
  const totals = totalUtility(election, utility);
  return election.projects.map(({ cost }, project) => {
    const total = totals[project]!;
    if (total.num <= 0n) return ZERO;
    return cost.num === 0n ? null : divide(total, cost);
  });
}

/** The sum over all voters; points below zero count against a project here. */
export function totalUtility(election: Election, utility: Utility): Fraction[] {
  const { projects, ballots, counts } = election;
  if (utility === 'cost' || utility === 'cardinality') {
    const votes = votesOf(election);
    return projects.map(({ cost }, project) => {
      const count = fraction(BigInt(votes[project]!));
      return utility === 'cost' ? multiply(count, cost) : count;
    });
  }
  const totals = projects.map(() => ZERO);
  ballots.forEach((ballot, i) => {
    const count = BigInt(counts[i]!);
    ballot.projects.forEach((project, place) => {
      if (utility === 'points' && !ballot.points)
        throw new ElectionError('utility_unfit', 'these votes have no points');
      const one = utility === 'points' ? ballot.points![place]! : fraction(BigInt(ballot.projects.length - 1 - place));
      totals[project] = add(totals[project]!, { num: one.num * count, den: one.den });
    });
  });
  return totals;
}
