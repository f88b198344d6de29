import type { RequestEvent } from '@sveltejs/kit';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_meetings } from '#modules/council/index.ts';

const MOST = 200;

/** Meetings as a calendar to subscribe to (iCalendar, RFC 5545), in the reader's language or the one asked for by `lang`. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  const lang = url.searchParams.get('lang');
  const words = lang === 'en' || lang === 'zh-CN' ? lang : visit.locale;
  const { meetings } = await see(visit, list_meetings, { when: 'all', limit: MOST });
  const base = visit.environment.base_url;
  const name = locale({ ...visit, locale: words }, 'council.title');
  const calendar = ical({ name, method: ICalCalendarMethod.PUBLISH });
  const status = { cancelled: ICalEventStatus.CANCELLED, planned: ICalEventStatus.TENTATIVE } as const;
  for (const one of meetings)
    calendar.createEvent({
      ...{ id: `council-${one.id}@${new URL(base).hostname}`, sequence: one.version },
      ...{ start: one.starts_at, end: one.ends_at, summary: one.titles[words], location: one.place_text },
      url: `${base}/council/${one.id}`,
      status: one.phase === 'cancelled' || one.phase === 'planned' ? status[one.phase] : ICalEventStatus.CONFIRMED,
    });
  return new Response(calendar.toString(), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'max-age=300' },
  });
}
