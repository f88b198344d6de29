import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { starterExamples } from '#engines/text_router/index.ts';
import { UsageError } from '../command_line.ts';
import { command } from './classify.ts';

const folder = mkdtempSync(join(tmpdir(), 'classify-'));
after(() => rmSync(folder, { recursive: true }));

function csv(name: string, lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const chosen = starterExamples().filter(({ label }) => label === 'noise' || label === 'parking');
const lines = chosen.map(({ text, label }) => `"${text.replaceAll('"', '""')}",${label}`);
const train = csv('train.csv', ['text,label', ...lines.filter((_, at) => at % 4 > 0)]);
const test = csv('test.csv', ['text,label', ...lines.filter((_, at) => at % 4 === 0)]);
const run = (from: string, to: string, text = 'text') =>
  command.run({
    args: ['--train', from, '--test', to, '--text', text, '--label', 'label'],
    json: true,
    progress: () => {},
  });

it('learns from one file and is tested on another', async () => {
  const answer = (await run(train, test)) as Record<string, number>;
  assert.deepEqual(Object.keys(answer), ['accuracy', 'macro_f1', 'top3', 'auto', 'train_ms', 'p99_ms']);
  assert.ok(answer.accuracy! > 0.8 && answer.macro_f1! > 0.8 && answer.top3 === 1);
});

it('refuses a file that cannot be learnt from, and says where', async () => {
  const table: [file: string, code: string, line: number | undefined][] = [
    [csv('open.csv', ['text,label', 'a,b', '"c,d']), 'csv_invalid', 3],
    [csv('unlabelled.csv', ['text,label', 'a,b', 'c,']), 'label_missing', 3],
    [csv('other.csv', ['title,label', 'a,b']), 'column_missing', 1],
    [csv('empty.csv', ['text,label']), 'file_empty', 1],
    [csv('one.csv', ['text,label', 'a,b', 'c,b']), 'labels_missing', undefined],
    [join(folder, 'none.csv'), 'ENOENT', undefined],
  ];
  for (const [file, code, line] of table) {
    await assert.rejects(
      run(file, test),
      (error: { code?: string; where?: { line?: number } }) => error.code === code && error.where?.line === line,
      code,
    );
  }
  await assert.rejects(command.run({ args: ['--train', train], json: true, progress: () => {} }), UsageError);
});
