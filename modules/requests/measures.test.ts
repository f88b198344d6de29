import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addUp, percentileOf, ratesOf } from './measures.ts';

const NONE = addUp([]);

describe('rates', () => {
  it('count what is open and late against on time, so leaving things open never helps', () => {
    const closed = { ...NONE, answered: 8, answered_on_time: 6 };
    assert.equal(ratesOf(closed).on_time, 0.75);
    assert.equal(ratesOf({ ...closed, open_overdue: 4 }).on_time, 0.5);
  });
  it('are nothing where there is nothing to divide by', () =>
    assert.deepEqual(Object.values(ratesOf(NONE)), [null, null, null, null, null]));
});

describe('a percentile of a histogram', () => {
  it('is the nearest rank of the values themselves', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 80 }), fc.constantFrom(0.5, 0.9), (hours, share) => {
        const sorted = [...hours].sort((a, b) => a - b);
        const times = Array.from({ length: 51 }, (_, value) => sorted.filter((one) => one === value).length);
        assert.equal(percentileOf(times, share), sorted[Math.ceil(sorted.length * share) - 1]);
      }),
    );
  });
  it('of nothing is nothing', () => assert.equal(percentileOf([], 0.5), null));
});
