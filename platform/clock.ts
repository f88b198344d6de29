import { dateFormat } from './intl.ts';

/** Where "now" comes from. The process has the real one; tests and the seed bring their own. */
export type Clock = () => Date;

export const realClock: Clock = () => new Date();

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The calendar date (YYYY-MM-DD) of an instant in a time zone. */
export function dateIn(timeZone: string, at: Date): string {
  return clockIn(timeZone, at).slice(0, 10);
}

/** What the clocks of a time zone show at an instant: YYYY-MM-DDTHH:mm:ss. */
export function clockIn(timeZone: string, at: Date): string {
  return dateFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at).replace(' ', 'T');
}

/** Minutes after midnight that the clocks of a time zone show. */
export function minuteOfDay(timeZone: string, at: Date): number {
  const shown = clockIn(timeZone, at);
  return Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16));
}

/** The instant at which the clocks of a time zone show `local` (YYYY-MM-DDTHH:mm); undefined when it is no such text. */
export function instantIn(timeZone: string, local: string | undefined): Date | undefined {
  if (!local || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local)) return undefined;
  const wanted = Date.parse(`${local.slice(0, 16)}Z`);
  if (Number.isNaN(wanted)) return undefined;
  const offset = (at: number) => Date.parse(`${clockIn(timeZone, new Date(at))}Z`) - at;
  // Reckoned twice, since the clocks may have been put forward or back between the guess and the instant.
  return new Date(wanted - offset(wanted - offset(wanted)));
}

/** The instant at which a day (YYYY-MM-DD) begins in a time zone. Throws a RangeError when there is no such day. */
export const beginningOf = (timeZone: string, on: string): Date => instantOf(timeZone, on, 0);

/** A minute of a day as a clock shows it, and a field of that kind wants it: “09:00”. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The instant at which the clocks of a time zone show a minute of a day (YYYY-MM-DD). Throws a RangeError when there is no such day. */
export function instantOf(timeZone: string, on: string, minute: number): Date {
  const at = instantIn(timeZone, `${on}T${clockOf(minute)}`);
  if (!at) throw new RangeError(`${on} is no day`);
  return at;
}

/** The calendar date so many days later, or earlier. */
export function addDays(on: string, days: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one calendar date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** What is promised for a day is owed until six in the evening there. */
export const endOfDay = (timeZone: string, on: string): Date => instantOf(timeZone, on, 18 * 60);
