import {
  checkPrices,
  checkProportionality,
  compareWithGreedy,
  type Decision,
  decimalOf,
  type Election,
  explainProjects,
  explainVoters,
  type Fraction,
  jsonOf,
  type Outcome,
  type ProjectExplanation,
  statementOf,
  summarise,
} from '#engines/equal_shares/index.ts';

/** What `allocate --explain` adds: a row a project, a figure a voter, the whole, the comparison and the checks. */
export type Explanation = {
  summary: {
    voters: number;
    endowment: Money | null;
    excluded: number;
    exclusion_ratio: number;
    average_funded: number;
  };
  projects: ProjectRow[];
  voters: { voter_id: string; spent: Money; left: Money; funded: number }[];
  greedy: { selected: string[]; spent: Money; excluded: number; better_here: number; better_under_greedy: number };
  checks: { prices: boolean | null; proportional: boolean; worst_ratio: number };
};
type Money = number | string;
type ProjectRow = {
  id: string;
  cost: Money;
  votes: number;
  decision: Decision;
  place: number | null;
  price: Money | null;
  effective_votes: number | null;
  paid_in_full: number | null;
  paid_the_rest: number | null;
  left: Money | null;
  support_percent: number | null;
  spent_on: { id: string; money: Money }[];
};

const DIGITS = 6;
const rounded = (value: Fraction) => Number(decimalOf(value, DIGITS));

export function explainAllocation(election: Election, outcome: Outcome): Explanation {
  const { voters, endowment, excluded, exclusion_ratio, average_funded } = summarise(election, outcome);
  const { greedy, better_here, better_under_greedy } = compareWithGreedy(election, outcome);
  const { vote, statement } = statementOf(election, outcome);
  const { ok, worst_ratio } = checkProportionality(vote, statement.winners);
  return {
    summary: {
      voters,
      endowment: endowment && jsonOf(endowment),
      excluded,
      exclusion_ratio: rounded(exclusion_ratio),
      average_funded: rounded(average_funded),
    },
    projects: [...explainProjects(election, outcome)].map(rowOf),
    voters: Array.from(explainVoters(election, outcome), ({ voter_id, spent, left, funded }) => ({
      voter_id,
      spent: rounded(spent),
      left: rounded(left),
      funded,
    })),
    greedy: {
      selected: greedy.selected.map((project) => election.projects[project]!.id),
      spent: jsonOf(greedy.spent),
      excluded: summarise(election, greedy).excluded,
      better_here,
      better_under_greedy,
    },
    checks: { prices: outcome.shares ? checkPrices(vote, statement).ok : null, proportional: ok, worst_ratio },
  };
}

function rowOf({ purchase, shortfall, cost, ...row }: ProjectExplanation): ProjectRow {
  return {
    ...row,
    cost: jsonOf(cost),
    price: purchase && jsonOf(purchase.price),
    effective_votes: purchase && rounded(purchase.effective_votes),
    paid_in_full: purchase?.paid_in_full ?? null,
    paid_the_rest: purchase?.paid_the_rest ?? null,
    left: shortfall && rounded(shortfall.left),
    support_percent: shortfall?.support_percent ?? null,
    spent_on: (shortfall?.spent_on ?? []).map(({ id, money }) => ({ id, money: rounded(money) })),
  };
}

/** A table of projects, the winners first in their order, then those whose supporters came nearest. */
export function printExplanation({ projects, summary, greedy, checks }: Explanation): string {
  const rows = [...projects].sort(
    (a, b) => (a.place ?? Infinity) - (b.place ?? Infinity) || (b.support_percent ?? 0) - (a.support_percent ?? 0),
  );
  const cells = rows.map((row) => [
    row.place === null ? '–' : `${row.place}`,
    row.id,
    `${row.cost}`,
    `${row.votes}`,
    row.decision,
    row.effective_votes === null ? '' : row.effective_votes.toFixed(2),
    row.support_percent === null ? '' : `${row.support_percent} %`,
  ]);
  const table = [['', 'project', 'cost', 'votes', 'decision', 'effective votes', 'support'], ...cells];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  const isText = (i: number) => i === 1 || i === 4;
  const text = table.map((row) =>
    row
      .map((cell, i) => (isText(i) ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
  const percent = (summary.exclusion_ratio * 100).toFixed(1);
  return [
    ...text,
    '',
    `${summary.excluded} of ${summary.voters} voters (${percent} %) have no funded project; under greedy ${greedy.excluded}.`,
    `${greedy.better_here} voters have more funded projects than under greedy, ${greedy.better_under_greedy} fewer.`,
    `Checked: prices ${checks.prices === null ? 'not asked' : checks.prices ? 'hold' : 'DO NOT HOLD'}, no group is left short ${checks.proportional ? 'holds' : 'DOES NOT HOLD'} (worst ratio ${checks.worst_ratio}).`,
  ].join('\n');
}
