import { minuteOfDay } from './clock.ts';

/** Minutes after midnight; from 1320 until 420 is from ten at night to seven in the morning. Equal ends mean never quiet. */
export type QuietHours = { quiet_from_minute: number; quiet_until_minute: number };

const DAY_MINUTES = 1440;

/**
 * When a message may go out that is ready at `now`: at once, or when the quiet hours of that time zone end. Pure.
 * The wait is counted in minutes of the clock on the wall, which is exact where no clock is turned that night.
 */
export function afterQuiet(now: Date, hours: QuietHours, time_zone: string): Date {
  const { quiet_from_minute: from, quiet_until_minute: until } = hours;
  const minute = minuteOfDay(time_zone, now);
  const isQuiet = from < until ? minute >= from && minute < until : from > until && (minute >= from || minute < until);
  if (!isQuiet) return now;
  const wait = (until - minute + DAY_MINUTES) % DAY_MINUTES;
  return new Date(Math.floor(now.getTime() / 60_000) * 60_000 + wait * 60_000);
}
