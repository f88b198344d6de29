import { type Calendar, ClockError } from './calendar.ts';
import { type DayTable, dateOf, type Stretch, tableOf } from './day_table.ts';

/** A time during which the clock stands still. */
export type Pause = { from: Date; to: Date };
/** Working hours first, then whole working days. */
export type Span = { days?: number; hours?: number };
export type Due = { due_at: Date; skipped: { on: string; why: Record<string, string> }[] };

const MINUTE_MS = 60_000;
/** Eleven years without a working day is a calendar that is wrong. */
const SEARCH_LIMIT_DAYS = 4_000;
const DAYS_LIMIT = 2_000;
const HOURS_LIMIT = 20_000;

/**
 * When something is due that may take `span` of working time from `from`.
 *
 * `hours` are counted through shifts from the instant itself. `days` are whole working days after the local date reached
 * then (the day of receipt is not counted), and end with the last shift of the last one. Working time that lies in
 * `pauses` does not count: it is added at the end. `skipped` names the days off between the two dates and why.
 *
 * Errors: ClockError `span_invalid`, `instant_invalid`, and those of `checkCalendar`. Linear in the days spanned.
 */
export function dueAt(calendar: Calendar, from: Date, span: Span, pauses: readonly Pause[] = []): Due {
  const table = tableOf(calendar);
  const { days = 0, hours = 0 } = span;
  if (!Number.isInteger(days) || days < 0 || days > DAYS_LIMIT || !(hours >= 0 && hours <= HOURS_LIMIT)) {
    throw new ClockError('span_invalid', `a span has 0 to ${DAYS_LIMIT} whole days and 0 to ${HOURS_LIMIT} hours`);
  }
  const start = from.getTime();
  if (Number.isNaN(start)) throw new ClockError('instant_invalid', 'the instant to count from is not one');
  const still = tidy(pauses);
  let due = advance(table, start, Math.round(hours * 60 * MINUTE_MS), still);
  if (days > 0) {
    const afterHours = due;
    due = endOfWorkingDay(table, due, days);
    const stopped = pausedWork(table, still, afterHours, due);
    // The end of a working day is the end of a stretch; what was lost to pauses goes on from there.
    if (stopped > 0) due = advance(table, due, stopped, still);
  }
  return { due_at: new Date(due), skipped: daysOff(table, start, due) };
}

/** True when somebody works at that instant. */
export function isWorkingTime(calendar: Calendar, at: Date): boolean {
  const table = tableOf(calendar);
  const time = at.getTime();
  return table.stretches(table.dayAt(time)).some(({ from, to }) => from <= time && time < to);
}

/** Working minutes from one instant to another, without those in `pauses`; negative when `to` lies before `from`. */
export function workingMinutesBetween(calendar: Calendar, from: Date, to: Date, pauses: readonly Pause[] = []): number {
  const table = tableOf(calendar);
  const [a, b] = [from.getTime(), to.getTime()];
  if (b < a) return -workingMinutesBetween(calendar, to, from, pauses);
  const worked = workBetween(table, a, b);
  return (worked - pausedWork(table, tidy(pauses), a, b)) / MINUTE_MS;
}

/** The instant at which `work` milliseconds of working time have passed since `from`, not counting pauses. */
function advance(table: DayTable, from: number, work: number, pauses: readonly Stretch[]): number {
  if (work === 0) return from;
  let left = work;
  const first = table.dayAt(from);
  for (let day = first; day < first + SEARCH_LIMIT_DAYS; day++) {
    for (const stretch of table.stretches(day)) {
      for (const piece of without({ from: Math.max(stretch.from, from), to: stretch.to }, pauses)) {
        if (piece.to - piece.from >= left) return piece.from + left;
        left -= piece.to - piece.from;
      }
    }
  }
  throw new ClockError('never_works', 'the calendar has no working time for that long a span');
}

function endOfWorkingDay(table: DayTable, from: number, days: number): number {
  let left = days;
  const first = table.dayAt(from) + 1;
  for (let day = first; day < first + SEARCH_LIMIT_DAYS; day++) {
    const stretches = table.stretches(day);
    if (stretches.length > 0 && --left === 0) return stretches[stretches.length - 1]!.to;
  }
  throw new ClockError('never_works', 'the calendar has no working day for that long a span');
}

function workBetween(table: DayTable, from: number, to: number): number {
  let work = 0;
  for (let day = table.dayAt(from); day <= table.dayAt(to); day++) {
    for (const stretch of table.stretches(day)) {
      work += Math.max(0, Math.min(stretch.to, to) - Math.max(stretch.from, from));
    }
  }
  return work;
}

function pausedWork(table: DayTable, pauses: readonly Stretch[], from: number, to: number): number {
  let work = 0;
  for (const pause of pauses) {
    const [a, b] = [Math.max(pause.from, from), Math.min(pause.to, to)];
    if (b > a) work += workBetween(table, a, b);
  }
  return work;
}

/** The parts of a stretch that lie in no pause, in order. */
function without(stretch: Stretch, pauses: readonly Stretch[]): Stretch[] {
  const pieces: Stretch[] = [];
  let at = stretch.from;
  for (const pause of pauses) {
    if (pause.to <= at || pause.from >= stretch.to) continue;
    if (pause.from > at) pieces.push({ from: at, to: pause.from });
    at = Math.max(at, pause.to);
  }
  if (at < stretch.to) pieces.push({ from: at, to: stretch.to });
  return pieces;
}

/** Pauses in order, overlaps joined, empty ones dropped. */
function tidy(pauses: readonly Pause[]): Stretch[] {
  const sorted = pauses
    .map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  const joined: Stretch[] = [];
  for (const pause of sorted) {
    const last = joined[joined.length - 1];
    if (last && pause.from <= last.to) last.to = Math.max(last.to, pause.to);
    else joined.push(pause);
  }
  return joined;
}

function daysOff(table: DayTable, from: number, to: number): Due['skipped'] {
  const skipped: Due['skipped'] = [];
  for (let day = table.dayAt(from); day <= table.dayAt(to); day++) {
    const why = table.whyOff(day);
    if (why) skipped.push({ on: dateOf(day), why });
  }
  return skipped;
}
