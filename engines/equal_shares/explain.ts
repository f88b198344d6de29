import { allocate, type Outcome } from './allocate.ts';
import type { CheckedVote, Statement } from './checker.ts';
import type { Election } from './election.ts';
import { compare, divide, type Fraction, fraction, multiply, subtract, textOf, ZERO } from './fraction.ts';
import { Replay } from './replay.ts';
import { votesOf } from './tie_order.ts';

/** Why a project won or did not. */
export type Decision =
  /** Costs nothing and is supported. */
  | 'free'
  /** Paid for by its supporters. */
  | 'bought'
  /** Added by greedy, with money that nobody's share could spend. */
  | 'added'
  /** Chosen by greedy or Phragmén's rule. */
  | 'chosen'
  /** Its supporters together had too little left. */
  | 'supporters_short'
  | 'unsupported'
  /** Dearer than what was left of the budget. */
  | 'does_not_fit'
  /** Phragmén's rule ended before it. */
  | 'not_reached';

export type ProjectExplanation = {
  id: string;
  cost: Fraction;
  /** Voters who put it on their ballot. */
  votes: number;
  decision: Decision;
  /** From 1, in the order of selection; null for those not selected. */
  place: number | null;
  /** Bought projects: what a mark paid (in approval votes: a voter), and who paid so or all they had left. */
  purchase: {
    price: Fraction;
    effective_votes: Fraction;
    paid_in_full: number;
    paid_the_rest: number;
    rest_money: Fraction;
  } | null;
  /** The others under equal shares. */
  shortfall: Shortfall | null;
};

export type Shortfall = {
  /** What its supporters have left together at the end. */
  left: Fraction;
  /** The purchase after which they had too little, and what they had then; null when they never had enough. */
  short_after: { id: string; money: Fraction } | null;
  /** How near they ever came to the cost at the going price. */
  support_percent: number;
  /** What they had paid for instead, the most first. */
  spent_on: { id: string; money: Fraction }[];
};

export type VoterExplanation = {
  voter_id: string;
  /** What this voter paid for each project, in order of purchase; empty for rules without shares. */
  payments: { id: string; money: Fraction }[];
  spent: Fraction;
  left: Fraction;
  /** How many of the projects on the ballot are funded. */
  funded: number;
};

/**
 * One row for each project, in the election's order, made while it is asked for. Exact, except `support_percent`, which is
 * rounded down. About (marks × purchases) for the projects that were not selected.
 */
export function* explainProjects(election: Election, outcome: Outcome): Generator<ProjectExplanation> {
  const votes = votesOf(election);
  const replay = outcome.shares ? new Replay(outcome.shares) : null;
  const places = new Map(outcome.selected.map((project, place) => [project, place + 1]));
  const rest = subtract(election.budget, outcome.spent);
  for (const [project, { id, cost }] of election.projects.entries()) {
    const place = places.get(project) ?? null;
    const decision = decisionOf(outcome, replay, project, place, compare(cost, rest) > 0, votes[project]!);
    const purchase = decision === 'bought' ? purchaseOf(replay!, project, cost) : null;
    const shortfall =
      replay && decision !== 'bought' && decision !== 'free' ? shortfallOf(election, replay, project) : null;
    yield { id, cost, votes: votes[project]!, decision, place, purchase, shortfall };
  }
}

function decisionOf(
  { shares, rule, completion }: Outcome,
  replay: Replay | null,
  project: number,
  place: number | null,
  isTooDear: boolean,
  votes: number,
): Decision {
  if (place !== null) {
    if (!shares) return 'chosen';
    if (shares.free.includes(project)) return 'free';
    return replay!.purchaseOf.has(project) ? 'bought' : 'added';
  }
  if (shares && (completion === 'none' || completion === 'add1'))
    return replay!.isSupported(project) ? 'supporters_short' : 'unsupported';
  if (votes === 0 && !isTooDear) return 'unsupported';
  return isTooDear ? 'does_not_fit' : rule === 'phragmen' ? 'not_reached' : 'does_not_fit';
}

function purchaseOf(replay: Replay, project: number, cost: Fraction): ProjectExplanation['purchase'] {
  const { price, ...payers } = replay.payersOf(project);
  return { price, effective_votes: divide(cost, price), ...payers };
}

function shortfallOf({ projects }: Election, replay: Replay, project: number): Shortfall {
  const { left, short_after, spent_on } = replay.spentBySupporters(project);
  const named = ({ project, money }: { project: number; money: Fraction }) => ({ id: projects[project]!.id, money });
  return {
    ...{ left, short_after: short_after && named(short_after), spent_on: spent_on.map(named) },
    support_percent: replay.supportPercent(project),
  };
}

/** One row for each voter in the election's order, made while it is asked for; voters with equal ballots share its parts. */
export function* explainVoters(election: Election, outcome: Outcome): Generator<VoterExplanation> {
  const replay = outcome.shares ? new Replay(outcome.shares) : null;
  const won = new Set(outcome.selected);
  const rows = election.ballots.map((): Omit<VoterExplanation, 'voter_id'> | null => null);
  for (const [voter, ballot] of election.ballot_of.entries()) {
    rows[ballot] ??= {
      ...spendingOf(election, outcome, replay, ballot),
      funded: election.ballots[ballot]!.projects.filter((project) => won.has(project)).length,
    };
    yield { voter_id: election.voter_ids[voter]!, ...rows[ballot]! };
  }
}

function spendingOf({ projects }: Election, { shares }: Outcome, replay: Replay | null, ballot: number) {
  if (!replay || !shares) return { payments: [], spent: ZERO, left: ZERO };
  const group = shares.electorate.group_of[ballot]!;
  const whole = divide(shares.endowment, fraction(shares.electorate.unit));
  if (group < 0) return { payments: [], spent: ZERO, left: whole };
  const payments = replay.paymentsOf(group).map(({ project, money }) => ({ id: projects[project]!.id, money }));
  const left = replay.leftOfGroup(group);
  return { payments, spent: subtract(whole, left), left };
}

export type Summary = {
  voters: number;
  /** What everybody had to begin with; null for rules without shares. */
  endowment: Fraction | null;
  /** Voters none of whose projects is funded, and their share. */
  excluded: number;
  exclusion_ratio: Fraction;
  /** Funded projects on a ballot, on average. */
  average_funded: Fraction;
};

/** How an outcome treats the voters as a whole. Voters with an empty ballot are among them. */
export function summarise(election: Election, outcome: Outcome): Summary {
  const funded = fundedOf(election, outcome.selected);
  const voters = election.ballot_of.length;
  let [excluded, sum] = [0, 0];
  funded.forEach((count, ballot) => {
    if (count === 0) excluded += election.counts[ballot]!;
    sum += count * election.counts[ballot]!;
  });
  const share = (count: number) => (voters === 0 ? ZERO : fraction(BigInt(count), BigInt(voters)));
  const { shares } = outcome;
  const endowment = shares ? divide(shares.endowment, fraction(shares.electorate.unit)) : null;
  return { voters, endowment, excluded, exclusion_ratio: share(excluded), average_funded: share(sum) };
}

function fundedOf({ ballots }: Election, selected: readonly number[]): number[] {
  const won = new Set(selected);
  return ballots.map(({ projects }) => projects.filter((project) => won.has(project)).length);
}

export type Comparison = {
  greedy: Outcome;
  /** Voters with more funded projects here, with more under greedy, and with as many. */
  better_here: number;
  better_under_greedy: number;
  equal: number;
  only_here: string[];
  only_under_greedy: string[];
};

/** Beside utilitarian greedy by votes (cost utility), as the elections of Wieliczka and Świecie were. */
export function compareWithGreedy(election: Election, outcome: Outcome): Comparison {
  const greedy = allocate(election, { rule: 'greedy', utility: 'cost' });
  const [here, there] = [fundedOf(election, outcome.selected), fundedOf(election, greedy.selected)];
  let [better_here, better_under_greedy, equal] = [0, 0, 0];
  election.counts.forEach((count, ballot) => {
    if (here[ballot]! > there[ballot]!) better_here += count;
    else if (here[ballot]! < there[ballot]!) better_under_greedy += count;
    else equal += count;
  });
  const only = (some: Outcome, others: Outcome) =>
    some.selected
      .filter((project) => !others.selected.includes(project))
      .map((project) => election.projects[project]!.id);
  return {
    greedy,
    better_here,
    better_under_greedy,
    equal,
    only_here: only(outcome, greedy),
    only_under_greedy: only(greedy, outcome),
  };
}

/** What the checker (`checker.ts`) asks for: plain texts that can be published. */
export function statementOf(election: Election, outcome: Outcome): { vote: CheckedVote; statement: Statement } {
  const { projects, ballots, ballot_of, voter_ids, budget } = election;
  const idOf = (project: number) => projects[project]!.id;
  const voters = ballots.map((): string[] => []);
  ballot_of.forEach((ballot, voter) => void voters[ballot]!.push(voter_ids[voter]!));
  const vote: CheckedVote = {
    budget: textOf(budget),
    projects: projects.map(({ id, cost }) => ({ id, cost: textOf(cost) })),
    ballots: ballots.map((ballot, i) => ({
      voter_ids: voters[i]!,
      projects: ballot.projects.map(idOf),
      ...(ballot.points ? { points: ballot.points.map(textOf) } : {}),
    })),
    utility: outcome.utility ?? 'cardinality',
  };
  const perUnit = fraction(1n, outcome.shares?.electorate.unit ?? 1n);
  const purchases = (outcome.shares?.purchases ?? []).map(({ project, price }) => ({
    project: idOf(project),
    price: textOf(multiply(price, perUnit)),
  }));
  const endowment = textOf(multiply(outcome.shares?.endowment ?? ZERO, perUnit));
  return { vote, statement: { endowment, purchases, winners: outcome.selected.map(idOf) } };
}
