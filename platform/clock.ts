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
  const asUtc = Date.parse(`${local.slice(0, 16)}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const shown = Date.parse(`${clockIn(timeZone, new Date(asUtc))}Z`);
  return new Date(asUtc - (shown - asUtc));
}

/** A minute of a day (YYYY-MM-DD) in a time zone, by the offset that holds there at noon. */
export function instantOf(timeZone: string, on: string, minute: number): Date {
  const noon = new Date(`${on}T12:00:00Z`);
  const offset = dateFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .format(noon)
    .match(/GMT(.+)$/)?.[1];
  return new Date(Date.parse(`${on}T00:00:00${offset ?? '+00:00'}`) + minute * MINUTE_MS);
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
