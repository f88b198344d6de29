import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { UsageError } from '../command_line.ts';
import { command } from './sites.ts';

const folder = mkdtempSync(join(tmpdir(), 'sites-'));
after(() => rmSync(folder, { recursive: true }));
const run = (...args: string[]) => command.run({ args, json: true, progress: () => {} });
const file = join(folder, 'street.txt');
writeFileSync(file, '5 4 2\n1 2 1\n2 3 1\n3 4 10\n4 5 1\n');

it('answers with medians as the file numbers them, and the proof', async () => {
  const { elapsed_ms, ...answer } = (await run(file, '--p', '1', '--iterations', '50')) as Record<string, unknown>;
  assert.equal(typeof elapsed_ms, 'number');
  assert.deepEqual(answer, { medians: [3], cost: 24, bound: 24, gap: 0 });
  assert.equal(((await run(file, '--iterations', '50')) as { cost: number }).cost, 3);
});

it('refuses a broken file with its line, too many sites, and bad usage', async () => {
  const broken = join(folder, 'broken.txt');
  writeFileSync(broken, '5 4 2\n1 2 x\n');
  await assert.rejects(run(broken), { code: 'pmed_invalid', line: 2 });
  await assert.rejects(run(file, '--p', '6'), { code: 'sites_invalid' });
  await assert.rejects(run(join(folder, 'none.txt')), { code: 'ENOENT' });
  for (const args of [[], [file, file], [file, '--p', '0'], [file, '--p', 'x']])
    await assert.rejects(run(...args), UsageError);
});
