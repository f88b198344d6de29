import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Calendar, changedDates, chinaCalendar, dueAt, isWorkingTime, workingMinutesBetween } from './index.ts';

const china = chinaCalendar({ from_year: 2024 });
const at = (text: string) => new Date(`${text}:00+08:00`);
const local = (date: Date) => new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);

describe('a due date in working days', () => {
  const table: [what: string, from: string, span: { days?: number; hours?: number }, due: string][] = [
    ['the day of receipt is not counted', '2026-11-23T10:00', { days: 1 }, '2026-11-24T18:00'],
    ['over a weekend', '2026-11-20T10:00', { days: 1 }, '2026-11-23T18:00'],
    ['told on a Saturday', '2026-11-21T10:00', { days: 1 }, '2026-11-23T18:00'],
    [
      'over Spring Festival 2026 (15 to 23 February), with a make-up Saturday',
      '2026-02-13T10:00',
      { days: 2 },
      '2026-02-24T18:00',
    ],
    [
      'over National Day 2025 (1 to 8 October), make-up Sunday 28 September',
      '2025-09-27T10:00',
      { days: 3 },
      '2025-09-30T18:00',
    ],
    ['a make-up day is worked', '2025-10-10T10:00', { days: 1 }, '2025-10-11T18:00'],
    ['hours through the lunch break', '2026-11-23T11:00', { hours: 2 }, '2026-11-23T15:00'],
    ['hours told at night begin in the morning', '2026-11-23T22:00', { hours: 1 }, '2026-11-24T10:00'],
    ['hours end with the shift', '2026-11-23T14:00', { hours: 4 }, '2026-11-23T18:00'],
    ['hours, then days', '2026-11-23T17:00', { hours: 2, days: 1 }, '2026-11-25T18:00'],
    ['no time at all', '2026-11-22T03:00', {}, '2026-11-22T03:00'],
  ];
  for (const [what, from, span, due] of table) {
    it(what, () => assert.equal(local(dueAt(china, at(from), span).due_at), due));
  }

  it('names the days it skipped and why', () => {
    const { skipped } = dueAt(china, at('2025-09-30T10:00'), { days: 1 });
    assert.equal(skipped.length, 8);
    assert.equal(skipped[0]!.on, '2025-10-01');
    assert.match(skipped[0]!.why.en!, /National Day/);
  });
});

describe('a pause', () => {
  it('gives back the working time it took', () => {
    const pauses = [{ from: at('2026-11-24T10:00'), to: at('2026-11-24T11:00') }];
    assert.equal(local(dueAt(china, at('2026-11-23T10:00'), { days: 1 }, pauses).due_at), '2026-11-25T10:00');
    assert.equal(local(dueAt(china, at('2026-11-24T09:00'), { hours: 2 }, pauses).due_at), '2026-11-24T12:00');
  });
  it('at night or over a weekend takes nothing', () => {
    const pauses = [{ from: at('2026-11-20T18:00'), to: at('2026-11-23T09:00') }];
    assert.equal(local(dueAt(china, at('2026-11-20T10:00'), { days: 1 }, pauses).due_at), '2026-11-23T18:00');
  });
});

it('knows working time to the minute', () => {
  assert.equal(isWorkingTime(china, at('2026-11-23T09:00')), true);
  assert.equal(isWorkingTime(china, at('2026-11-23T12:00')), false);
  assert.equal(isWorkingTime(china, at('2026-10-01T10:00')), false);
  assert.equal(workingMinutesBetween(china, at('2026-11-20T17:00'), at('2026-11-23T10:00')), 120);
});

it('keeps the wall clock where clocks are changed', () => {
  const paris: Calendar = { ...china, id: 'FR', time_zone: 'Europe/Paris', exceptions: [] };
  const due = dueAt(paris, new Date('2026-03-27T10:00:00+01:00'), { days: 1 }).due_at;
  assert.equal(due.toISOString(), '2026-03-30T16:00:00.000Z');
});

it('finds the dates on which two calendars differ', () => {
  const after = {
    ...china,
    exceptions: [...china.exceptions, { on: '2026-11-25', why: { en: 'storm', 'zh-CN': '暴雨' }, shifts: [] }],
  };
  assert.deepEqual(changedDates(china, after), ['2026-11-25']);
});

it('refuses calendars and spans that cannot be counted with', () => {
  const refused = (calendar: Calendar, code: string) =>
    assert.throws(
      () => dueAt(calendar, new Date(), { days: 1 }),
      (error: { code?: string }) => error.code === code,
    );
  refused({ ...china, week: [[], [], [], [], [], [], []] }, 'never_works');
  refused({ ...china, time_zone: 'Mars/Olympus' }, 'time_zone_unknown');
  refused({ ...china, exceptions: [{ on: '2026-02-30', why: {}, shifts: [] }] }, 'date_invalid');
  refused({ ...china, week: [[{ from: '10:00', to: '09:00' }], [], [], [], [], [], []] }, 'shifts_invalid');
  assert.throws(() => dueAt(china, new Date(), { days: -1 }), { code: 'span_invalid' });
});

describe('whatever the instant, span and pauses', () => {
  const instant = fc.date({ min: new Date('2024-01-01'), max: new Date('2026-11-01'), noInvalidDate: true });
  const minutes = (date: Date) => new Date(Math.floor(date.getTime() / 60_000) * 60_000);
  const pause = fc.tuple(instant, fc.integer({ min: 1, max: 20_000 })).map(([from, length]) => ({
    from: minutes(from),
    to: new Date(minutes(from).getTime() + length * 60_000),
  }));

  it('hours equal a count minute by minute', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 40 }),
        fc.array(pause, { maxLength: 3 }),
        (date, hours, pauses) => {
          const from = minutes(date);
          let left = hours * 60;
          let time = from.getTime();
          for (; left > 0; time += 60_000) {
            const isStill = pauses.some((one) => one.from.getTime() <= time && time < one.to.getTime());
            if (!isStill && isWorkingTime(china, new Date(time))) left--;
          }
          assert.equal(dueAt(china, from, { hours }, pauses).due_at.getTime(), time);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a pause never makes anything due earlier, and later is never due earlier', () => {
    fc.assert(
      fc.property(
        instant,
        instant,
        fc.integer({ min: 0, max: 60 }),
        fc.array(pause, { maxLength: 3 }),
        (a, b, days, pauses) => {
          const [early, late] = a < b ? [a, b] : [b, a];
          const due = dueAt(china, early, { days }).due_at;
          assert.ok(dueAt(china, early, { days }, pauses).due_at >= due);
          assert.ok(dueAt(china, late, { days }).due_at >= due);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('what is left after some working time is the rest', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 200 }), (from, hours) => {
        const { due_at } = dueAt(china, from, { hours });
        assert.ok(Math.abs(workingMinutesBetween(china, from, due_at) - hours * 60) < 1e-6);
      }),
      { numRuns: 200 },
    );
  });
});
