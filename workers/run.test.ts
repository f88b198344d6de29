import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseCrontab } from 'graphile-worker';
import type { Dispatcher } from '#platform/channels/dispatcher.ts';
import type { Environment } from '#platform/environment.ts';
import { SCHEDULE } from './run.ts';
import { tasksOf } from './tasks.ts';

it('the schedule can be read, each line once, and asks for tasks that there are', () => {
  const lines = parseCrontab(SCHEDULE);
  const tasks = tasksOf({} as Environment, {} as Dispatcher);
  assert.deepEqual(
    lines.filter(({ task }) => !(task in tasks)),
    [],
  );
  assert.equal(new Set(lines.map(({ identifier }) => identifier)).size, lines.length);
});
