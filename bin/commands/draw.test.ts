import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { UsageError } from '../command_line.ts';
import { command as draw } from './draw.ts';
import { command as match } from './match.ts';

const folder = mkdtempSync(join(tmpdir(), 'draw-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const quiet = { json: true, progress: () => {} };
const refused = (run: Promise<unknown>, code: string, line?: number) =>
  assert.rejects(run, (error: { code?: string; line?: number; where?: { line?: number } }) => {
    assert.equal(error.code, code);
    if (line) assert.equal(error.line ?? error.where?.line, line);
    return true;
  });

describe('yingmen draw', () => {
  const run = (...args: string[]) => draw.run({ args, ...quiet });
  const entries = file('entries.csv', 'name,id,priority,group\r\n甲,A,1,\r\n乙,"B",,\r\n丙,C,1,x\r\n丁,D,2,x\r\n');

  it('draws from a file, and says from which', async () => {
    const answer = (await run('--entries', entries, '--seats', '3', '--seed', '春分')) as Record<string, unknown>;
    assert.deepEqual(Object.keys(answer), ['algorithm', 'seed', 'entries_sha256', 'winners', 'waiting']);
    assert.deepEqual([answer.winners, answer.waiting], [['A', 'C', 'D'], ['B']]);
    assert.deepEqual(answer, await run('--entries', entries, '--seats', '3', '--seed', '春分'));
    assert.match(draw.print!(answer), /winners {4}3\n {2}1\. A\n/);
  });

  it('draws by RFC 3797 for those who ask for it', async () => {
    const args = ['--entries', entries, '--seats', '2', '--seed', '9319 / 5 2', '--algorithm', 'rfc3797'];
    const answer = (await run(...args)) as Record<string, unknown>;
    assert.equal(answer.seed, '9319./2.5./');
  });

  it('refuses a file with the line and column', async () => {
    const table: [content: string | Buffer, code: string, line: number][] = [
      ['id\nA\nB\nA\n', 'entry_twice', 4],
      ['id,priority\nA,1\nB,first\n', 'priority_invalid', 3],
      ['id,priority\nA,1\nB\n', 'columns_differ', 3],
      ['id\n"A\n', 'quote_open', 2],
      ['id,name\n,A\n', 'entry_invalid', 2],
      ['name\nA\n', 'column_missing', 1],
      ['id\n', 'entries_empty', 1],
      ['', 'column_missing', 1],
      [Buffer.from([0x69, 0x64, 0x0a, 0xd6, 0xd0]), 'file_broken', 1],
    ];
    for (const [content, code, line] of table)
      await refused(run('--entries', file('wrong.csv', content), '--seats', '1', '--seed', 's'), code, line);
    await refused(run('--entries', join(folder, 'none.csv'), '--seats', '1', '--seed', 's'), 'ENOENT');
    await refused(run('--entries', entries, '--seats', '1', '--seed', ' '), 'seed_empty');
    await assert.rejects(run('--entries', entries, '--seats', '-1', '--seed', 's'), UsageError);
    await assert.rejects(run('--entries', entries, '--seats', '1'), UsageError);
  });
});

describe('yingmen match', () => {
  const run = (content: unknown) =>
    match.run({
      args: [file('market.json', typeof content === 'string' ? content : JSON.stringify(content))],
      ...quiet,
    });

  it('assigns each applicant a course, or none', async () => {
    const courses = [
      { id: 'X', seats: 1, priority: [['B'], ['A']] },
      { id: 'Y', seats: 1, priority: [['B']] },
    ];
    const applicants = [
      { id: 'A', prefers: ['X'] },
      { id: 'B', prefers: ['X', 'Y'] },
    ];
    assert.deepEqual(await run({ courses, applicants }), { assigned: { A: null, B: 'X' } });
  });

  it('refuses what is no market', async () => {
    const one = { id: 'A', prefers: ['X'] };
    const course = { id: 'X', seats: 1 };
    const table: [content: unknown, code: string][] = [
      ['{"courses": [}', 'json_broken'],
      [{ courses: [{ id: 'X', seats: -1 }], applicants: [] }, 'market_invalid'],
      [{ courses: [], applicants: [one] }, 'course_unknown'],
      [{ courses: [course], applicants: [one, one] }, 'id_invalid'],
      [{ courses: [course], applicants: [{ id: 'A', prefers: ['X', 'X'] }] }, 'course_twice'],
      [{ courses: [course], applicants: [one, { id: 'B', prefers: ['X'] }] }, 'seed_missing'],
    ];
    for (const [content, code] of table) await refused(run(content), code);
    await assert.rejects(match.run({ args: [], ...quiet }), UsageError);
  });
});
