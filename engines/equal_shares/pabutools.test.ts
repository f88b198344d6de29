import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import { allocate, compareWithGreedy, decimalOf, explainProjects, readPabulib, summarise, textOf } from './index.ts';
import { differences, isHere, readCases } from './pabutools.ts';

/** Larger elections take longer than a test should; `yingmen bench equal_shares` holds all 341 cases against pabutools. */
const MOST_BYTES = 300_000;

it('decides as pabutools does, by every rule, utility and completion', {
  skip: !isHere && '../shared/data/pb is not here',
}, () => {
  let count = 0;
  for (const { election, cases } of readCases(MOST_BYTES)) {
    assert.deepEqual(differences(election, cases), []);
    count += cases.length;
  }
  assert.ok(count > 150, `${count} cases`);
});

const WIELICZKA = '../shared/data/pb/Poland_Wieliczka_2023_Green_Budget.pb';
it('comes to the official winners of Wieliczka 2023', {
  skip: !existsSync(WIELICZKA) && `${WIELICZKA} is not here`,
}, () => {
  const { election, file } = readPabulib(readFileSync(WIELICZKA));
  const outcome = allocate(election, { completion: 'add1', stop: 'overspend' });
  const column = file.project_columns.indexOf('selected');
  const official = file.projects.filter((row) => row[column] === '1').map(([id]) => id);
  assert.deepEqual(outcome.selected.map((project) => election.projects[project]!.id).sort(), official.sort());
  assert.deepEqual([outcome.selected.length, textOf(outcome.spent), outcome.steps], [30, '995079', 164]);

  const summary = summarise(election, outcome);
  assert.equal(summary.excluded, 1172);
  assert.equal(decimalOf(summary.average_funded, 5), '1.61722');
  const { greedy, better_here, better_under_greedy } = compareWithGreedy(election, outcome);
  assert.deepEqual([better_here, better_under_greedy], [1615, 873]);
  assert.deepEqual([greedy.selected.length, textOf(greedy.spent)], [23, '998997']);
  assert.equal(summarise(election, greedy).excluded, 1820);

  // What was published about two losers.
  const rows = new Map([...explainProjects(election, outcome)].map((row) => [row.id, row]));
  assert.equal(decimalOf(rows.get('16')!.shortfall!.short_after!.money, 3), '49998.285');
  assert.equal(decimalOf(rows.get('21')!.shortfall!.short_after!.money, 2), '93872.57');
});
