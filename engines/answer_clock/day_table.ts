import { type Calendar, checkCalendar, dateOf, dayOf, minutesOf, weekday } from './calendar.ts';

/** A stretch of working time, in milliseconds since 1970. */
export type Stretch = { from: number; to: number };

export type DayTable = {
  /** The local day (days since 1970) that an instant falls on. */
  dayAt(at: number): number;
  /** The stretches worked on a day, in order. */
  stretches(day: number): readonly Stretch[];
  /** Why a day is not worked, or null when it is. */
  whyOff(day: number): Record<string, string> | null;
};

const WEEKEND = { 'zh-CN': '周末', en: 'weekend' };
const DAY_MS = 86_400_000;
const tables = new WeakMap<Calendar, DayTable>();

/** A calendar made ready for counting; days are worked out once, when first asked for. */
export function tableOf(calendar: Calendar): DayTable {
  let table = tables.get(calendar);
  if (!table) {
    table = makeTable(calendar);
    tables.set(calendar, table);
  }
  return table;
}

function makeTable(calendar: Calendar): DayTable {
  checkCalendar(calendar);
  const minutes = (shifts: { from: string; to: string }[]) =>
    shifts.map(({ from, to }) => [minutesOf(from), minutesOf(to)] as const);
  const week = calendar.week.map(minutes);
  const exceptions = new Map(
    calendar.exceptions.map(({ on, why, shifts }) => [dayOf(on), { why, shifts: minutes(shifts) }] as const),
  );
  const offsetAt = offsetsOf(calendar.time_zone);
  const known = new Map<number, Stretch[]>();
  const instant = (day: number, minute: number) => {
    const wall = day * DAY_MS + minute * 60_000;
    // Twice, so that a wall time beside a change of the clocks takes the offset that holds there.
    return wall - offsetAt(wall - offsetAt(wall));
  };
  return {
    dayAt: (at) => Math.floor((at + offsetAt(at)) / DAY_MS),
    stretches(day) {
      let found = known.get(day);
      if (!found) {
        const shifts = exceptions.get(day)?.shifts ?? week[weekday(day)]!;
        found = shifts
          .map(([from, to]) => ({ from: instant(day, from), to: instant(day, to) }))
          .filter(({ from, to }) => to > from);
        known.set(day, found);
      }
      return found;
    },
    whyOff(day) {
      const exception = exceptions.get(day);
      if ((exception?.shifts ?? week[weekday(day)]!).length > 0) return null;
      return exception?.why ?? WEEKEND;
    },
  };
}

/** Offsets of a zone from UTC in milliseconds, by the hour of the instant: rules change on whole hours and quarters of them. */
function offsetsOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset', hour: 'numeric' });
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / 900_000);
    let offset = known.get(quarter);
    if (offset === undefined) {
      const name = format.formatToParts(quarter * 900_000).find((part) => part.type === 'timeZoneName')!.value;
      const match = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name);
      const seconds = match ? Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0) : 0;
      offset = (match?.[1] === '-' ? -1000 : 1000) * seconds;
      if (known.size > 200_000) known.clear();
      known.set(quarter, offset);
    }
    return offset;
  };
}

export { dateOf };
