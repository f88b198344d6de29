import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginningOf, clockIn, dateIn, endOfDay, instantIn, instantOf } from './clock.ts';
import { dateFormat, numberFormat } from './intl.ts';

const CASES: [zone: string, instant: string, shown: string][] = [
  ['Asia/Shanghai', '2026-11-28T16:00:00Z', '2026-11-29T00:00:00'],
  ['Asia/Shanghai', '2026-11-28T15:59:59Z', '2026-11-28T23:59:59'],
  ['UTC', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00'],
  ['America/New_York', '2026-07-01T03:30:00Z', '2026-06-30T23:30:00'],
  ['America/New_York', '2026-12-01T03:30:00Z', '2026-11-30T22:30:00'],
];

for (const [zone, instant, shown] of CASES)
  test(`${instant} is ${shown} in ${zone}, and back`, () => {
    const at = new Date(instant);
    assert.equal(clockIn(zone, at), shown);
    assert.equal(dateIn(zone, at), shown.slice(0, 10));
    assert.equal(instantIn(zone, shown)?.getTime(), at.getTime() - at.getUTCSeconds() * 1000);
  });

test('what is no date and time is no instant', () => {
  for (const text of [undefined, '', '2026-11-29', '2026-13-40T00:00', 'tomorrow'])
    assert.equal(instantIn('UTC', text), undefined);
});

test('a day begins, and a minute of it comes, where the clocks are put forward and back as well', () => {
  const begins = (zone: string, on: string) => beginningOf(zone, on).toISOString();
  assert.equal(begins('Asia/Shanghai', '2026-03-01'), '2026-02-28T16:00:00.000Z');
  assert.equal(begins('Europe/Berlin', '2026-03-29'), '2026-03-28T23:00:00.000Z');
  assert.equal(begins('Europe/Berlin', '2026-03-30'), '2026-03-29T22:00:00.000Z');
  assert.equal(begins('Europe/Berlin', '2026-10-26'), '2026-10-25T23:00:00.000Z');
  assert.equal(instantOf('Europe/Berlin', '2026-03-29', 9 * 60 + 5).toISOString(), '2026-03-29T07:05:00.000Z');
  assert.throws(() => beginningOf('UTC', 'tomorrow'), RangeError);
});

test('what is promised for a day is owed at six there', () => {
  assert.equal(endOfDay('Asia/Shanghai', '2026-11-29').toISOString(), '2026-11-29T10:00:00.000Z');
  assert.equal(endOfDay('UTC', '2026-11-29').toISOString(), '2026-11-29T18:00:00.000Z');
});

test('a formatter is made once for a language and options', () => {
  assert.equal(dateFormat('en', { year: 'numeric' }), dateFormat('en', { year: 'numeric' }));
  assert.notEqual(dateFormat('en', { year: 'numeric' }), dateFormat('zh-CN', { year: 'numeric' }));
  assert.equal(numberFormat('en').format(1_234.5), '1,234.5');
});
