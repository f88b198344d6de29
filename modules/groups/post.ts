import { addDays } from '#platform/clock.ts';
import type { Names } from './organisation.ts';

export type Post = {
  id: string;
  organisation_id: string;
  code: string;
  names: Names;
  duties: Partial<Names>;
  seats: number;
  term_months: number | null;
  speaks_for: boolean;
  position: number;
  version: number;
};

/** One person in one seat of a post, from a day to a day; `ended_at` when it is over, `ends_on` when it is meant to be. */
export type Term = {
  id: string;
  post_id: string;
  person_id: string;
  seat: number;
  started_on: string;
  ends_on: string | null;
  ended_at: Date | null;
};

/** The day a term that starts on a day ends: the day before the same day so many months later; null when it is open. */
export function endOfTerm(started_on: string, term_months: number | null): string | null {
  if (term_months === null) return null;
  const [year, month, day] = started_on.split('-').map(Number) as [number, number, number];
  const lastDay = new Date(Date.UTC(year, month - 1 + term_months + 1, 0)).getUTCDate();
  const same = new Date(Date.UTC(year, month - 1 + term_months, Math.min(day, lastDay))).toISOString().slice(0, 10);
  return day <= lastDay ? addDays(same, -1) : same;
}

/** The lowest seat that nobody holds, or null when all are taken. */
export function freeSeat(seats: number, taken: readonly number[]): number | null {
  for (let seat = 1; seat <= seats; seat++) if (!taken.includes(seat)) return seat;
  return null;
}

const SOON_DAYS = 60;
export type TermState = 'running' | 'ending_soon' | 'overrun';

/** A term is ending soon in its last two months, and overrun when its day has passed and nobody has ended or renewed it. */
export function stateOfTerm(ends_on: string | null, today: string): TermState {
  if (ends_on === null) return 'running';
  if (ends_on < today) return 'overrun';
  return ends_on <= addDays(today, SOON_DAYS) ? 'ending_soon' : 'running';
}
