import type { Election } from './election.ts';
import { add, compare, divide, type Fraction, fraction, multiply, subtract, ZERO } from './fraction.ts';

/**
 * The Method of Equal Shares as its definition says it, voter by voter in fractions: what the tests and the bench hold
 * the fast one against. `utility(voter, project)` is above zero for supporters. About voters × projects² long fractions.
 */
export function buyNaively(
  { projects, ballot_of, budget }: Election,
  utility: (voter: number, project: number) => Fraction,
  extra: Fraction = ZERO,
): number[] {
  if (ballot_of.length === 0) return [];
  const money = ballot_of.map(() => add(divide(budget, fraction(BigInt(ballot_of.length))), extra));
  const byId = projects.map((_, place) => place).sort((a, b) => (projects[a]!.id < projects[b]!.id ? -1 : 1));
  const supporters = projects.map((_, project) =>
    [...ballot_of.keys()].filter((voter) => utility(voter, project).num > 0n),
  );
  const isFree = (project: number) => projects[project]!.cost.num === 0n && supporters[project]!.length > 0;
  const bought = byId.filter(isFree);
  for (;;) {
    let best: { project: number; rate: Fraction } | null = null;
    for (const project of byId) {
      if (bought.includes(project) || projects[project]!.cost.num === 0n) continue;
      const rate = rateOf(projects[project]!.cost, supporters[project]!, money, (voter) => utility(voter, project));
      if (rate && (!best || compare(rate, best.rate) < 0)) best = { project, rate };
    }
    if (!best) return bought;
    bought.push(best.project);
    for (const voter of supporters[best.project]!) {
      const wanted = multiply(best.rate, utility(voter, best.project));
      money[voter] = compare(wanted, money[voter]!) < 0 ? subtract(money[voter]!, wanted) : ZERO;
    }
  }
}

function rateOf(
  cost: Fraction,
  supporters: number[],
  money: Fraction[],
  utility: (voter: number) => Fraction,
): Fraction | null {
  const order = [...supporters].sort((a, b) => compare(divide(money[a]!, utility(a)), divide(money[b]!, utility(b))));
  let rest = cost;
  for (const [at, voter] of order.entries()) {
    const rate = divide(
      rest,
      order.slice(at).reduce((sum, one) => add(sum, utility(one)), ZERO),
    );
    if (compare(multiply(rate, utility(voter)), money[voter]!) <= 0) return rate;
    rest = subtract(rest, money[voter]!);
  }
  return null;
}
