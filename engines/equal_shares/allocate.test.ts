import assert from 'node:assert/strict';
import { it } from 'node:test';
import { allocate, makeElection, type Options } from './index.ts';

const PROJECTS = [
  { id: 'bike', cost: 700 },
  { id: 'gym', cost: 400 },
  { id: 'park', cost: 250 },
  { id: 'playground', cost: 200 },
  { id: 'library', cost: 100 },
];

/** The example of equalshares.net: eleven voters, each line the voters of one project. */
function example(lines: Record<string, number[]>) {
  const papers = Array.from({ length: 11 }, (_, voter) => ({
    voter_id: `${voter}`,
    projects: Object.keys(lines).filter((id) => lines[id]!.includes(voter)),
  }));
  return makeElection({ budget: 1100, vote_type: 'approval', projects: PROJECTS }, papers);
}

const rest = { park: [1, 3, 4, 6, 9], playground: [6, 7, 8, 9], library: [6, 8, 9] };
const first = example({ bike: [0, 1, 2, 3, 4, 5, 10], gym: [0, 1, 2, 3, 4, 5], ...rest });
const second = example({ bike: [0, 1, 2, 3, 4, 5], gym: [0, 1, 2, 3, 4, 5, 10], ...rest });

it('decides the worked examples of equalshares.net', () => {
  const table: [election: typeof first, options: Options, selected: string[]][] = [
    [first, { utility: 'cost' }, ['bike', 'playground', 'library']],
    [first, { utility: 'cardinality' }, ['library', 'park', 'gym', 'playground']],
    [first, { rule: 'greedy', utility: 'cost' }, ['bike', 'gym']],
    [second, { utility: 'cost' }, ['gym', 'park', 'playground']],
    [second, { utility: 'cardinality' }, ['library', 'park', 'gym', 'playground']],
  ];
  for (const [election, options, selected] of table)
    assert.deepEqual(
      allocate(election, options).selected.map((project) => election.projects[project]!.id),
      selected,
      JSON.stringify(options),
    );
});
