/** Where "now" comes from. The process has the real one; tests and the seed bring their own. */
export type Clock = () => Date;

export const realClock: Clock = () => new Date();

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The calendar date (YYYY-MM-DD) of an instant in a time zone. */
export function dateIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** What is promised for a day is owed until six in the evening there. */
export function endOfDay(timeZone: string, on: string): Date {
  const noon = new Date(`${on}T12:00:00Z`);
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).format(noon);
  return new Date(`${on}T18:00:00${parts.match(/GMT(.+)$/)?.[1] ?? '+00:00'}`);
}
