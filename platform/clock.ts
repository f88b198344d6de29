import { dateFormat } from './intl.ts';

/** Where "now" comes from. The process has the real one; tests and the seed bring their own. */
export type Clock = () => Date;

export const realClock: Clock = () => new Date();

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The calendar date (YYYY-MM-DD) of an instant in a time zone. */
export function dateIn(timeZone: string, at: Date): string {
  return dateFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
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
