import { type Purchase, SharesMarket } from './buy_shares.ts';
import { type Election, ElectionError } from './election.ts';
import { type Electorate, gatherElectorate, marksFor, type Utility } from './electorate.ts';
import { add, type Fraction, fraction, ZERO } from './fraction.ts';
import { chooseGreedily } from './greedy.ts';
import { choosePhragmen } from './phragmen.ts';
import { type Tie, tieRanks } from './tie_order.ts';

export type Rule = 'equal-shares' | 'greedy' | 'phragmen';
/** How equal shares goes on when nobody can pay for another project. */
export type Completion = 'none' | 'greedy' | 'add1' | 'add1u';
/** When add1 ends: as soon as nothing supported fits the rest (as pabutools), or only before the step that would overspend. */
export type Stop = 'exhaustive' | 'overspend';

export type Options = {
  rule?: Rule;
  utility?: Utility;
  completion?: Completion;
  /** What add1 adds to everybody's endowment at each step, in the currency. */
  increment?: Fraction;
  stop?: Stop;
  tie?: Tie;
  /** Told after each step of add1. */
  progress?: (step: { steps: number; spent: Fraction }) => void;
};

/** What an election comes to. Projects by their place in `election.projects`, in the order in which they were chosen. */
export type Outcome = {
  rule: Rule;
  /** null for Phragmén's rule, which asks only who approves of what. */
  utility: Utility | null;
  completion: Completion;
  selected: number[];
  spent: Fraction;
  /** How many increments add1 took. */
  steps: number;
  /** How equal shares got there; null for the other rules. */
  shares: SharesOutcome | null;
};

export type SharesOutcome = {
  electorate: Electorate;
  /** What every voter had to begin with, in small units (`electorate.unit` of them make one of the currency). */
  endowment: Fraction;
  /** Supported projects that cost nothing; they come first. */
  free: number[];
  /** What voters paid for, in order. The rest of `selected` was added by greedy. */
  purchases: Purchase[];
};

/**
 * Decides which projects win. Exact: the answer is that of arithmetic without rounding, on every machine. Ties go by id as
 * text unless said otherwise. Costs about (purchases × marks looked at) a step of add1; steps are counted one by one, since
 * the outcome is not monotone in the endowment and so must never be searched by halving.
 */
export function allocate(election: Election, options: Options = {}): Outcome {
  const { rule = 'equal-shares', utility = 'cost', completion = 'none', tie = { by: 'id' } } = options;
  const ranks = tieRanks(election, tie);
  if (rule === 'equal-shares') return allocateShares(election, ranks, { ...options, utility, completion });
  const selected =
    rule === 'greedy' ? chooseGreedily(election, checked(election, utility), ranks) : choosePhragmen(election, ranks);
  const named = rule === 'greedy' ? utility : null;
  return {
    rule,
    utility: named,
    completion: 'none',
    selected,
    spent: costOf(election, selected),
    steps: 0,
    shares: null,
  };
}

function checked(election: Election, utility: Utility): Utility {
  gatherElectorate({ ...election, ballots: [], counts: [] }, utility);
  return utility;
}

function allocateShares(
  election: Election,
  ranks: Int32Array,
  options: Options & { utility: Utility; completion: Completion },
): Outcome {
  const { utility, completion } = options;
  const increment = options.increment ?? fraction(1n);
  if (increment.num <= 0n) throw new ElectionError('increment_invalid', 'the increment has to be above zero');
  const electorate = gatherElectorate(election, utility, [increment]);
  const grows = completion === 'add1' || completion === 'add1u';
  const found = runSteps(electorate, ranks, options, grows ? (increment.num * electorate.unit) / increment.den : null);
  const { run, free, steps } = found;
  const selected = [...free, ...run.purchases.map(({ project }) => project)];
  if (completion === 'greedy' || completion === 'add1u')
    selected.push(...chooseGreedily(election, 'cost', ranks, selected));
  const purchases = run.purchases.map(({ project, price }) => ({ project, price: fraction(price.num, price.den) }));
  const shares = { electorate, endowment: run.endowment, free, purchases };
  return { rule: 'equal-shares', utility, completion, selected, spent: costOf(election, selected), steps, shares };
}

/** Equal shares with the plain endowment, and with more and more of it when an increment is given. */
function runSteps(electorate: Electorate, ranks: Int32Array, options: Options, increment: bigint | null) {
  const { budget, costs, voters, unit } = electorate;
  const market = new SharesMarket(electorate, ranks);
  const free = [...market.free];
  const wanted = costs
    .map((_, project) => project)
    .filter((project) => costs[project]! > 0n && marksFor(electorate, project) > 0);
  if (voters === 0) return { run: { endowment: ZERO, purchases: [], spent: 0n }, free, steps: 0 };
  const endowmentAt = (step: number) =>
    fraction(budget + BigInt(step) * (increment ?? 0n) * BigInt(voters), BigInt(voters));
  let run = market.run(endowmentAt(0));
  if (increment === null) return { run, free, steps: 0 };
  for (let steps = 0; ; steps++) {
    const bought = new Set(run.purchases.map(({ project }) => project));
    const fits = (project: number) => !bought.has(project) && costs[project]! + run.spent <= budget;
    // With everything bought no step can change what wins; with nothing that fits, the outcome is exhaustive.
    if (bought.size === wanted.length) return { run, free, steps };
    if (options.stop !== 'overspend' && !wanted.some(fits)) return { run, free, steps };
    options.progress?.({ steps, spent: fraction(run.spent, unit) });
    const next = market.run(endowmentAt(steps + 1), budget);
    if (next.spent > budget) return { run, free, steps };
    run = next;
  }
}

function costOf({ projects }: Election, selected: readonly number[]): Fraction {
  return selected.reduce((sum, project) => add(sum, projects[project]!.cost), ZERO);
}
