import { addDays } from '#platform/clock.ts';
import { monthOf, nextMonth } from './month.ts';

/** A year (`2026`) or a month (`2026-03`); nothing chosen is all the time there is. */
export const PERIOD = /^(19|20|21)\d\d(-(0[1-9]|1[0-2]))?$/;

/** The months of a period: from (with) until (without), by their first days. */
export function monthsOf(period: string): { from: string; until: string } {
  if (period.length === 4) return { from: `${period}-01-01`, until: `${Number(period) + 1}-01-01` };
  const from = monthOf(`${period}-01`);
  return { from, until: nextMonth(from) };
}

/** The first and the last day of a period. */
export function daysOf(period: string): { from_on: string; until_on: string } {
  const { from, until } = monthsOf(period);
  return { from_on: from, until_on: addDays(until, -1) };
}
