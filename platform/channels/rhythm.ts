import { DAY_MS, dateIn, minuteOfDay } from '../clock.ts';
import { afterQuiet, type QuietHours } from '../quiet_hours.ts';

export const RHYTHMS = ['at_once', 'daily', 'weekly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** Digests go out at six in the evening, the weekly one on Sunday. */
const DIGEST_MINUTE = 18 * 60;
const DIGEST_WEEKDAY = 0;

/**
 * When a message with a notice of now is due: at once, or with the next digest, and then outside quiet hours unless it is
 * urgent. Minutes are counted on the clock of the time zone. Pure.
 */
export function dueAt(now: Date, rhythm: Rhythm, quiet: QuietHours, time_zone: string, is_urgent: boolean): Date {
  if (is_urgent) return now;
  return afterQuiet(rhythm === 'at_once' ? now : nextDigest(now, rhythm, time_zone), quiet, time_zone);
}

function nextDigest(now: Date, rhythm: 'daily' | 'weekly', time_zone: string): Date {
  const minute = minuteOfDay(time_zone, now);
  const weekday = new Date(`${dateIn(time_zone, now)}T00:00:00Z`).getUTCDay();
  let days = rhythm === 'weekly' ? (DIGEST_WEEKDAY - weekday + 7) % 7 : 0;
  // The digest of this very minute has begun to go out.
  if (days === 0 && minute >= DIGEST_MINUTE) days = rhythm === 'weekly' ? 7 : 1;
  const whole = Math.floor(now.getTime() / 60_000) * 60_000;
  return new Date(whole + days * DAY_MS + (DIGEST_MINUTE - minute) * 60_000);
}
