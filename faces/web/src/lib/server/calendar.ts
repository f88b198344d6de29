import type { RequestEvent } from '@sveltejs/kit';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Locale } from '#faces/server/visit.ts';
import { locale, localeAsked } from './locale.ts';

type Names = Record<Locale, string>;
type Entry = { id: string; version: number; titles: Names; starts_at: Date; ends_at: Date; phase: string };
/** What to call a calendar (a key), under which path its entries have their pages, and what to say of each. */
type Calendar<T> = {
  title: string;
  path: string;
  entries: readonly T[];
  describe(entry: T, words: Locale): { location: string | null; description?: string | null };
};

const STATUS: Record<string, ICalEventStatus> = {
  cancelled: ICalEventStatus.CANCELLED,
  planned: ICalEventStatus.TENTATIVE,
};

/** A calendar to subscribe to (iCalendar, RFC 5545), in the reader's language or the one asked for by `lang`. */
export function calendarFor<T extends Entry>({ locals, url }: RequestEvent, calendar: Calendar<T>): Response {
  const { title, path, entries, describe } = calendar;
  const words = localeAsked(locals.visit, url);
  const base = locals.visit.environment.base_url;
  const written = ical({ name: locale({ locale: words }, title), method: ICalCalendarMethod.PUBLISH });
  for (const one of entries)
    written.createEvent({
      ...{ id: `${path}-${one.id}@${new URL(base).hostname}`, sequence: one.version, url: `${base}/${path}/${one.id}` },
      ...{ start: one.starts_at, end: one.ends_at, summary: one.titles[words], ...describe(one, words) },
      status: STATUS[one.phase] ?? ICalEventStatus.CONFIRMED,
    });
  return new Response(written.toString(), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'max-age=300' },
  });
}
