import assert from 'node:assert/strict';
import { it } from 'node:test';
import { UsageError } from '../command_line.ts';
import { command } from './deadline.ts';

const run = (...args: string[]) => command.run({ args, json: true, progress: () => {} });

it('answers with the instant and the days that were skipped', async () => {
  const answer = await run('--from', '2026-09-30T10:00+08:00', '--days', '1');
  const { due_at, skipped } = answer as { due_at: string; skipped: { on: string; why: string }[] };
  assert.equal(due_at, '2026-10-08T10:00:00.000Z');
  assert.equal(skipped.length, 7);
  assert.deepEqual(skipped[0], { on: '2026-10-01', why: 'National Day' });
});

it('counts hours first, and gives back what pauses took', async () => {
  const pause = ['--pause', '2026-11-23T09:30+08:00/2026-11-23T10:30+08:00'];
  const answer = await run('--from', '2026-11-23T09:00+08:00', '--hours', '2', ...pause);
  assert.equal((answer as { due_at: string }).due_at, '2026-11-23T04:00:00.000Z');
});

it('refuses what cannot be counted with, and says where', async () => {
  const from = ['--from', '2026-11-23T10:00+08:00'];
  const table: [args: string[], code: string, field: string | undefined][] = [
    [['--from', '2026-11-23', '--days', '1'], 'instant_invalid', '--from'],
    [[...from, '--days', 'x'], 'number_invalid', '--days'],
    [[...from, '--days', '1', '--calendar', 'XX'], 'calendar_unknown', '--calendar'],
    [[...from, '--days', '1', '--pause', '2026-11-23T10:00+08:00'], 'instant_invalid', '--pause'],
    [[...from, '--days', '1', '--pause', '2026-11-24T10:00+08:00/2026-11-23T10:00+08:00'], 'pause_invalid', '--pause'],
    [[...from, '--days', '1.5'], 'span_invalid', undefined],
  ];
  for (const [args, code, field] of table) {
    await assert.rejects(
      run(...args),
      (error: { code?: string; where?: { field?: string } }) => error.code === code && error.where?.field === field,
      args.join(' '),
    );
  }
  await assert.rejects(run(...from), UsageError);
});
