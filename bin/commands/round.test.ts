import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { UsageError } from '../command_line.ts';
import { command } from './round.ts';

const folder = mkdtempSync(join(tmpdir(), 'round-'));
after(() => rmSync(folder, { recursive: true }));
const run = (...args: string[]) => command.run({ args, json: true, progress: () => {} });

it('answers with a closed tour of the points as the file numbers them', async () => {
  const file = join(folder, 'square.tsp');
  const corners = ['1 0 0', '2 9 9', '3 9 0', '4 0 9'];
  writeFileSync(
    file,
    ['TYPE: TSP', 'DIMENSION: 4', 'EDGE_WEIGHT_TYPE: EUC_2D', 'NODE_COORD_SECTION', ...corners].join('\n'),
  );
  const answer = (await run(file, '--iterations', '50')) as { length: number; tour: number[]; elapsed_ms: number };
  assert.deepEqual(Object.keys(answer), ['length', 'tour', 'elapsed_ms']);
  assert.equal(answer.length, 36);
  assert.deepEqual(answer.tour.toSorted(), [1, 2, 3, 4]);
});

it('refuses a broken file with its line, and bad usage', async () => {
  const file = join(folder, 'broken.tsp');
  writeFileSync(file, 'TYPE: TSP\nDIMENSION: x\n');
  await assert.rejects(run(file), (error: { code?: string; line?: number }) => error.code === 'tsplib_invalid');
  await assert.rejects(run(join(folder, 'none.tsp')), { code: 'ENOENT' });
  for (const args of [[], [file, file], [file, '--ms', '0'], [file, '--seed', 'x']])
    await assert.rejects(run(...args), UsageError);
});
