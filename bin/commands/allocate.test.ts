import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { UsageError } from '../command_line.ts';
import { command } from './allocate.ts';

const folder = mkdtempSync(join(tmpdir(), 'allocate-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'election.pb');
const projects = 'PROJECTS\nproject_id;cost\nroad;100\nbench;40\n';
const votes = `VOTES\nvoter_id;vote\n${'abcdef'
  .split('')
  .map((id) => `${id};road\n`)
  .join('')}g;bench\nh;bench\ni;bench\nj;bench\n`;
writeFileSync(file, `META\nkey;value\nbudget;100\nvote_type;approval\n${projects}${votes}`);

const run = (...args: string[]) => command.run({ args, json: true, progress: () => {} });

it('answers with the winners in the order of selection', async () => {
  const { elapsed_ms, ...answer } = (await run(file, '--completion', 'add1u')) as { elapsed_ms: number };
  assert.ok(elapsed_ms >= 0);
  assert.deepEqual(answer, {
    rule: 'equal-shares',
    utility: 'cost',
    completion: 'add1u',
    budget: 100,
    spent: 40,
    selected: ['bench'],
    steps: 0,
  });
  const greedy = (await run(file, '--rule', 'greedy')) as { selected: string[]; completion: string };
  assert.deepEqual([greedy.selected, greedy.completion], [['road'], 'none']);
  const phragmen = (await run(file, '--rule', 'phragmen')) as { selected: string[]; utility: null };
  assert.deepEqual([phragmen.selected, phragmen.utility], [['bench'], null]);
});

it('explains with a row a project and a figure a voter, and checks itself', async () => {
  const answer = await run(file, '--explain');
  const { projects: rows, voters, summary, greedy, checks } = answer as Awaited<ReturnType<typeof explained>>;
  assert.deepEqual(
    rows.map(({ id, decision, votes: count }) => [id, decision, count]),
    [
      ['road', 'supporters_short', 6],
      ['bench', 'bought', 4],
    ],
  );
  assert.deepEqual(voters.at(-1), { voter_id: 'j', spent: 10, left: 0, funded: 1 });
  assert.equal(voters.length, 10);
  assert.deepEqual([summary.excluded, greedy.excluded], [6, 4]);
  assert.deepEqual(checks, { prices: true, proportional: true, worst_ratio: 0.6 });
  assert.match(command.print!(answer), /road +100 +6 +supporters_short/);
});

async function explained() {
  const { explainAllocation } = await import('../explain_allocation.ts');
  return explainAllocation(undefined as never, undefined as never);
}

it('refuses a broken file with its line and column, and what the votes cannot answer', async () => {
  const broken = join(folder, 'broken.pb');
  writeFileSync(broken, `META\nkey;value\nbudget;100\nvote_type;approval\n${projects}VOTES\nvoter_id;vote\na;park\n`);
  await assert.rejects(run(broken), { code: 'project_unknown', where: { line: 11, column: 3 } });
  await assert.rejects(run(join(folder, 'none.pb')), { code: 'file_unreadable' });
  await assert.rejects(run(file, '--utility', 'borda'), { code: 'utility_unfit' });
});

it('knows bad usage', async () => {
  const table = [
    [],
    [file, file],
    [file, '--rule', 'x'],
    [file, '--increment', '0'],
    [file, '--tie', 'cost-votes-lot'],
    [file, '--lot', 'x'],
    [file, '--x'],
  ];
  for (const args of table) await assert.rejects(run(...args), UsageError, args.join(' '));
});
