import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterQuiet } from './quiet_hours.ts';

const NIGHT = { quiet_from_minute: 1320, quiet_until_minute: 420 };
const NAP = { quiet_from_minute: 12 * 60, quiet_until_minute: 14 * 60 };

// Times of Shanghai, eight hours ahead of UTC the whole year.
const CASES: [now: string, hours: typeof NIGHT, out: string][] = [
  ['2026-03-04T13:59:30Z', NIGHT, '2026-03-04T13:59:30Z'],
  ['2026-03-04T14:00:00Z', NIGHT, '2026-03-04T23:00:00Z'],
  ['2026-03-04T16:30:20Z', NIGHT, '2026-03-04T23:00:00Z'],
  ['2026-03-04T22:59:59Z', NIGHT, '2026-03-04T23:00:00Z'],
  ['2026-03-04T23:00:00Z', NIGHT, '2026-03-04T23:00:00Z'],
  ['2026-03-04T04:15:00Z', NAP, '2026-03-04T06:00:00Z'],
  ['2026-03-04T06:00:00Z', NAP, '2026-03-04T06:00:00Z'],
  ['2026-03-04T16:30:00Z', { quiet_from_minute: 0, quiet_until_minute: 0 }, '2026-03-04T16:30:00Z'],
];

for (const [now, hours, out] of CASES) {
  test(`a message ready at ${now} goes out at ${out} with quiet ${hours.quiet_from_minute}-${hours.quiet_until_minute}`, () => {
    assert.equal(afterQuiet(new Date(now), hours, 'Asia/Shanghai').toISOString(), new Date(out).toISOString());
  });
}
