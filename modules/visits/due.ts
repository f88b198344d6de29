import { addDays, daysBetween } from '#platform/clock.ts';
import type { Occasion } from './occasion.ts';
import type { Outcome } from './visit.ts';

/** A knock that was, newest first in lists. Dates are those of the neighbourhood (YYYY-MM-DD). */
export type PastKnock = { outcome: Outcome; knocked_on: string; come_again_on: string | null };

/** Why a door is due, and since when it is known. */
export type Cause = { household_id: string; occasion: string; reason: string; since_on: string };

export type Due = {
  due_on: string;
  /** Days past the date; below zero while there is time. */
  late_days: number;
  /** Knocks in a row at which nobody was home. */
  nobody_home: number;
};

/** After nobody was home, a door rests for a day, so that the next knock falls at another time. */
export const REST_DAYS = 1;
/** A household that said no is asked again only after this, or not at all for an occasion that comes once. */
export const DECLINED_REST_DAYS = 90;

/** Outcomes by which a household was reached; nobody home is only a try. */
const REACHED: readonly Outcome[] = ['answered', 'by_phone', 'declined'];

/**
 * Whether a door is to be knocked at for an occasion today, and by when: the first knock within so many days of its
 * cause, then at the pace of the occasion, or on the day that was agreed at the door. `knocks` are the knocks for this
 * occasion, newest first. Null when nothing is owed, or not yet: a door shows up a quarter of its pace ahead of its date,
 * and rests for a day after nobody was home.
 */
export function dueOf(occasion: Occasion, since_on: string, knocks: readonly PastKnock[], today: string): Due | null {
  const past = knocks.filter((knock) => knock.knocked_on >= since_on || occasion.every_days > 0);
  const nobody_home = past.findIndex((knock) => REACHED.includes(knock.outcome));
  const tries = nobody_home < 0 ? past.length : nobody_home;
  const reached = nobody_home < 0 ? undefined : past[nobody_home];
  const next = nextDate(occasion, since_on, reached, past[0]);
  if (!next || today < addDays(next.due_on, -next.ahead_days)) return null;
  if (tries > 0 && today < addDays(past[0]!.knocked_on, REST_DAYS)) return null;
  return { due_on: next.due_on, late_days: daysBetween(next.due_on, today), nobody_home: tries };
}

function nextDate(occasion: Occasion, since_on: string, reached: PastKnock | undefined, last: PastKnock | undefined) {
  const agreed = last?.come_again_on;
  if (agreed && agreed > last.knocked_on) return { due_on: agreed, ahead_days: 0 };
  if (!reached) return { due_on: addDays(since_on, occasion.within_days), ahead_days: occasion.within_days };
  if (occasion.every_days === 0) return null;
  const declined = reached.outcome === 'declined';
  const pause = declined ? Math.max(DECLINED_REST_DAYS, occasion.every_days) : occasion.every_days;
  return { due_on: addDays(reached.knocked_on, pause), ahead_days: Math.floor(occasion.every_days / 4) };
}
