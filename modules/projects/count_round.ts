import {
  allocate,
  compareWithGreedy,
  decimalOf,
  type Election,
  explainProjects,
  explainVoters,
  type Fraction,
  fraction,
  makeElection,
  makePabulib,
  readPabulib,
  summarise,
  writePabulib,
} from '#engines/equal_shares/index.ts';
import type { KeptBallot, PublishedBallot } from './ballot.ts';
import type { OnBallot, VentureRound, VentureRules } from './venture_round.ts';

type Money = string;

export type ProjectOutcome = {
  id: string;
  cost: Money;
  votes: number;
  decision: string;
  place: number | null;
  /** Bought projects: what each supporter paid, how many paid it whole, how many gave all they had left. */
  price: Money | null;
  paid_in_full: number;
  paid_the_rest: number;
  /** The others: what their supporters had left together, how near they came, and what they had paid for instead. */
  left: Money | null;
  support_percent: number | null;
  spent_on: [id: string, money: Money][];
};

export type RoundOutcome = {
  rule: string;
  utility: string | null;
  completion: string;
  budget: Money;
  spent: Money;
  selected: string[];
  steps: number;
  projects: ProjectOutcome[];
  voters: number;
  endowment: Money | null;
  excluded: number;
  average_funded: string;
  greedy: { selected: string[]; spent: Money; better_here: number; better_there: number; equal: number };
};

/** Money as text in yuan: exact when it ends within the fen, else rounded to it. */
function yuan(amount: Fraction): Money {
  let money = written.get(amount);
  if (money === undefined) {
    money = decimalOf(amount, 2);
    written.set(amount, money);
  }
  return money;
}
// Thousands of voters paid the very same amount: it is written out once.
const written = new WeakMap<Fraction, Money>();
export const yuanOfFen = (fen: number): Money => {
  const text = decimalOf(fraction(BigInt(fen), 100n), 2);
  return text.endsWith('.00') ? text.slice(0, -3) : text;
};

const MOST_SPENT_ON = 5;

/** The published file of a round: its budget, what stood on the ballot, and every ballot under the hash of its code. */
export function fileOfRound(
  round: Pick<VentureRound, 'number' | 'names' | 'rules' | 'frozen_sha256'>,
  projects: readonly (OnBallot & { title: string })[],
  ballots: readonly KeptBallot[],
): string {
  const pabulibIds = new Map(projects.map((one) => [one.number, one.pabulib_id]));
  const election = makeElection(
    {
      budget: yuanOfFen(round.rules.budget_fen),
      vote_type: 'approval',
      projects: projects.map((one) => ({ id: one.pabulib_id, cost: yuanOfFen(one.cost_fen) })),
    },
    ballots.map((one) => ({
      voter_id: one.code_hash,
      projects: one.proposals.map((number) => pabulibIds.get(number)!),
    })),
  );
  const { allocation, ballot, calendar } = round.rules;
  const about = {
    ...{
      description: round.names.en,
      country: 'China',
      unit: round.names['zh-CN'],
      instance: `${round.number}`,
      currency: 'CNY',
    },
    ...{ date_begin: day(calendar.voting_from), date_end: day(calendar.voting_until), rule: allocation.rule },
    ...{ max_length: `${ballot.most_choices}`, rules_sha256: round.frozen_sha256 ?? '' },
  };
  const titles = new Map(projects.map((one) => [one.pabulib_id, one.title]));
  return writePabulib(makePabulib(election, about, titles));
}

// Pabulib writes days as 31.12.2026.
const day = (instant: string) => instant.slice(0, 10).split('-').reverse().join('.');

export type Counted = { outcome: RoundOutcome; ballots: PublishedBallot[] };

/** Counts a published file by the frozen rules, and explains it: a row a project, and what became of every ballot. */
export function countFile(
  text: string,
  allocation: VentureRules['allocation'],
  hashOf = (voterId: string) => voterId,
): Counted {
  const { election } = readPabulib(text);
  const { rule, utility, completion, increment_fen } = allocation;
  const increment = fraction(BigInt(increment_fen), 100n);
  const found = allocate(election, rule === 'greedy' ? { rule, utility } : { rule, utility, completion, increment });
  const idOf = (project: number) => election.projects[project]!.id;
  const projects = [...explainProjects(election, found)].map(
    ({ purchase, shortfall, id, cost, votes, decision, place }): ProjectOutcome => ({
      ...{ id, cost: yuan(cost), votes, decision, place },
      ...{ price: purchase ? yuan(purchase.price) : null },
      ...{ paid_in_full: purchase?.paid_in_full ?? 0, paid_the_rest: purchase?.paid_the_rest ?? 0 },
      ...{ left: shortfall ? yuan(shortfall.left) : null, support_percent: shortfall?.support_percent ?? null },
      spent_on: (shortfall?.spent_on ?? []).slice(0, MOST_SPENT_ON).map((one) => [one.id, yuan(one.money)]),
    }),
  );
  const compared = compareWithGreedy(election, found);
  const { voters, endowment, excluded, average_funded } = summarise(election, found);
  const outcome: RoundOutcome = {
    ...{ rule: found.rule, utility: found.utility, completion: found.completion, steps: found.steps },
    ...{ budget: yuan(election.budget), spent: yuan(found.spent), selected: found.selected.map(idOf), projects },
    ...{ voters, endowment: endowment && yuan(endowment), excluded, average_funded: decimalOf(average_funded, 2) },
    greedy: {
      ...{ selected: compared.greedy.selected.map(idOf), spent: yuan(compared.greedy.spent), equal: compared.equal },
      ...{ better_here: compared.better_here, better_there: compared.better_under_greedy },
    },
  };
  return { outcome, ballots: explainBallots(election, found, hashOf) };
}

function explainBallots(election: Election, found: ReturnType<typeof allocate>, hashOf: (voterId: string) => string) {
  const written = election.ballots.map((ballot) =>
    ballot.projects.map((project) => election.projects[project]!.id).join(),
  );
  // Voters with equal ballots share what was computed for them, so each kind of ballot is written out once.
  const known = new Map<number, PublishedBallot['outcome']>();
  const rows: PublishedBallot[] = [];
  let voter = 0;
  for (const { voter_id, payments, left, funded } of explainVoters(election, found)) {
    const ballot = election.ballot_of[voter++]!;
    let outcome = known.get(ballot);
    if (!outcome) {
      outcome = { payments: payments.map((one) => [one.id, yuan(one.money)]), left: yuan(left), funded };
      known.set(ballot, outcome);
    }
    rows.push({ code_hash: hashOf(voter_id), ballot: written[ballot]!, outcome });
  }
  return rows;
}
