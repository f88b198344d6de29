import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newPace } from './pace.ts';

describe('a pace', () => {
  it('gives turns in the order they are asked for, none sooner than the last and the interval', async () => {
    const pace = newPace(20, 0);
    const turns: { i: number; at: number }[] = [];
    const began = performance.now();
    await Promise.all(
      Array.from({ length: 5 }, (_, i) => pace().then(() => turns.push({ i, at: performance.now() - began }))),
    );
    assert.deepEqual(
      turns.map((one) => one.i),
      [0, 1, 2, 3, 4],
    );
    // Timers may be a millisecond early; being late says nothing about the pace.
    for (const { i, at } of turns) assert.ok(at >= i * 20 - 2, `turn ${i} after ${at} ms`);
  });

  it('makes up for few turns that nobody took', async () => {
    const pace = newPace(20, 2);
    await pace();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = performance.now();
    await Promise.all([pace(), pace(), pace()]);
    const at_once = performance.now() - began;
    await Promise.all([pace(), pace()]);
    assert.ok(performance.now() - began >= 38, 'the fourth and the fifth wait their turn');
    assert.ok(at_once < performance.now() - began);
  });
});
