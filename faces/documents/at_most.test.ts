import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { atMost } from './at_most.ts';

it('no more goes on at once than may, whatever fails, and what waits begins in its order', async () => {
  const one = atMost(2);
  let [running, most] = [0, 0];
  const begun: number[] = [];
  const work = (number: number) => async () => {
    begun.push(number);
    most = Math.max(most, ++running);
    await setImmediate();
    running--;
    if (number % 3 === 0) throw new Error(`${number}`);
    return number;
  };
  const numbers = Array.from({ length: 12 }, (_, i) => i);
  const told = await Promise.allSettled(numbers.map((number) => one(work(number))));
  assert.deepEqual(
    told.map((each) => (each.status === 'fulfilled' ? each.value : -1)),
    numbers.map((number) => (number % 3 === 0 ? -1 : number)),
  );
  assert.deepEqual([begun, most, running], [numbers, 2, 0]);
  assert.equal(await one(async () => 'again'), 'again');
});
