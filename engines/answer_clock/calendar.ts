/** Working time within a day, as local wall-clock times "HH:MM"; `to` may be "24:00". */
export type Shift = { from: string; to: string };

/** A date that differs from its weekday: off with a reason, or worked (a make-up day, 调休) with shifts of its own. */
export type Exception = { on: string; why: Record<string, string>; shifts: Shift[] };

/** Plain data, kept as JSON: the week from Monday to Sunday, and the dates that differ from it. */
export type Calendar = {
  id: string;
  version: string;
  time_zone: string;
  week: Shift[][];
  exceptions: Exception[];
  /** The last date for which exceptions are known; later dates follow the week until somebody knows better. */
  known_until?: string;
};

/** Something in a calendar or a span that cannot be counted with; `code` is stable. */
export class ClockError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Minutes after midnight of "HH:MM"; "24:00" is the end of the day. */
export function minutesOf(time: string): number {
  if (time === '24:00') return 1440;
  const match = TIME.exec(time);
  if (!match) throw new ClockError('time_invalid', `"${time}" is not a time of day like 09:00`);
  return Number(match[1]) * 60 + Number(match[2]);
}

/** Days since 1970-01-01 of "YYYY-MM-DD"; refuses dates that do not exist. */
export function dayOf(date: string): number {
  const at = DATE.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) {
    throw new ClockError('date_invalid', `"${date}" is not a date like 2026-10-01`);
  }
  return at / 86_400_000;
}

export function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Throws ClockError unless every shift is forward, in order and without overlap, and some time of the week is worked. */
export function checkCalendar(calendar: Calendar): void {
  if (calendar.week.length !== 7) throw new ClockError('week_invalid', 'a week has seven days, Monday first');
  try {
    new Intl.DateTimeFormat('en', { timeZone: calendar.time_zone });
  } catch {
    throw new ClockError('time_zone_unknown', `"${calendar.time_zone}" is not a known time zone`);
  }
  for (const shifts of [...calendar.week, ...calendar.exceptions.map((exception) => exception.shifts)]) {
    let before = -1;
    for (const { from, to } of shifts) {
      const [begins, ends] = [minutesOf(from), minutesOf(to)];
      if (begins < before || ends <= begins)
        throw new ClockError('shifts_invalid', `the shift ${from}–${to} is not in order`);
      before = ends;
    }
  }
  const seen = new Set<string>();
  for (const { on } of calendar.exceptions) {
    dayOf(on);
    if (seen.has(on)) throw new ClockError('date_twice', `${on} is there twice`);
    seen.add(on);
  }
  if (calendar.week.every((shifts) => shifts.length === 0))
    throw new ClockError('never_works', 'no day of the week is worked');
}

/** The dates on which two calendars differ in working time, in order. O(exceptions), plus a week when the week differs. */
export function changedDates(before: Calendar, after: Calendar): string[] {
  const dates = new Set([...before.exceptions, ...after.exceptions].map((exception) => exception.on));
  return [...dates].filter((on) => JSON.stringify(shiftsOn(before, on)) !== JSON.stringify(shiftsOn(after, on))).sort();
}

export function shiftsOn(calendar: Calendar, on: string): Shift[] {
  return calendar.exceptions.find((exception) => exception.on === on)?.shifts ?? calendar.week[weekday(dayOf(on))]!;
}

/** 0 is Monday: 1970-01-01 was a Thursday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
