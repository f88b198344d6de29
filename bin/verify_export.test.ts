import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import * as funds from '#modules/funds/index.ts';
import { appendAll, exportLog, keyOf, signOpenHead } from '#modules/log/index.ts';
import { type Actor, system } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { ask, query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { verifyExport } from './verify_export.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingmen-log-'));
let town: Neighbourhood;
let lines: string[];
before(async () => {
  town = await makeNeighbourhood({ clock: () => new Date() });
  const treasurer: Actor = {
    ...town.people.secretary,
    roles: [{ role: 'treasurer', scope_kind: 'community', scope_id: null }],
  };
  const act = <I, A>(command: Command<I, A>, input: unknown) =>
    perform(town.environment, { actor: treasurer, community: town.community, via: 'test' }, command, input);
  const names = { 'zh-CN': '账户', en: 'Account' };
  const { id: bank } = await act(funds.open_account, { kind: 'bank', names });
  const { id: fund } = await act(funds.open_account, { kind: 'fund', names });
  for (let i = 1; i <= 4; i++) {
    const transfers = [{ kind: 'donation', debit_account_id: bank, credit_account_id: fund, amount_fen: 100 * i }];
    await act(funds.post_transfers, { transfers });
    await appendAll(town.environment, town.community);
    await signOpenHead(town.environment, town.community);
  }
  const { verifier } = keyOf(town.environment, town.community);
  const read = query({
    name: 'test',
    reads: 'nobody',
    input: z.object({}),
    run: (ctx) => collect(exportLog(ctx, { verifier })),
  });
  const text = await ask(town.environment, { actor: system, community: town.community, via: 'test' }, read, {});
  lines = text.join('').trimEnd().split('\n');
});
after(async () => {
  rmSync(folder, { recursive: true });
  await town.close();
});

const verify = (changed: string[], kept_head?: string) => {
  const file = join(folder, 'log.jsonl');
  writeFileSync(file, `${changed.join('\n')}\n`);
  return verifyExport(file, kept_head);
};

it('an exported log verifies with nothing but the file', async () => {
  const verdict = await verify(lines);
  assert.deepEqual([verdict.ok, verdict.transfers, verdict.findings], [true, 4, []]);
  assert.equal(verdict.heads, 4);
});

it('a line that is changed, left out, doubled or put elsewhere is noticed', async () => {
  const first = lines.findIndex((line) => line.includes('"entry"'));
  const last = lines.findLastIndex((line) => line.includes('transfer.posted'));
  const change = (at: number, by: (line: string) => string[]) =>
    lines.flatMap((line, i) => (i === at ? by(line) : [line]));
  const wrong = [
    change(last, (line) => [line.replace(/amount_fen\\":(\d)/, 'amount_fen\\":9')]),
    change(first, () => []),
    change(first, (line) => [line, line]),
    change(first, () => [lines[first + 1]!]),
    change(1, (line) => [line.replace(/[A-Z]/, 'a')]),
    lines.slice(0, last),
  ];
  for (const [i, changed] of wrong.entries()) assert.equal((await verify(changed)).ok, false, `change ${i}`);
  await assert.rejects(verify(['{"format":"another"}']), { code: 'file_broken' });
  await assert.rejects(verify([...lines, '{']), { code: 'file_broken' });
  await assert.rejects(verifyExport(join(folder, 'none')), { code: 'file_unreadable' });
});

it('a head that was kept must be in the log: another history with heads of its own is noticed', async () => {
  const [first, second] = lines
    .filter((line) => line.startsWith('{"head"'))
    .map((line) => JSON.parse(line).head as string);
  assert.equal((await verify(lines, first)).ok, true);
  const without = lines.filter((line) => JSON.parse(line).head !== second);
  assert.deepEqual((await verify(without, second)).findings, []);
  const moved = [...without];
  const at = moved.findIndex((line) => line.includes('"entry"'));
  moved.splice(at, 2, moved[at + 1]!, moved[at]!);
  const wrong = (await verify(moved, second)).findings.filter((one) => one.line === 1);
  assert.deepEqual(
    wrong.map((one) => one.code),
    ['head_differs'],
  );
  assert.equal((await verify(lines, `${second}x`)).findings[0]?.code, 'head_forged');
});

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
