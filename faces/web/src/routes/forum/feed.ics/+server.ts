import type { RequestEvent } from '@sveltejs/kit';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_sessions } from '#modules/forum/index.ts';

const MOST = 200;

/** Sessions as a calendar to subscribe to (iCalendar, RFC 5545), in the reader's language or the one asked for by `lang`. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  const lang = url.searchParams.get('lang');
  const words = lang === 'en' || lang === 'zh-CN' ? lang : visit.locale;
  const { sessions } = await see(visit, list_sessions, { when: 'all', limit: MOST });
  const base = visit.environment.base_url;
  const calendar = ical({
    name: locale({ ...visit, locale: words }, 'forum.title'),
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const one of sessions)
    calendar.createEvent({
      id: `forum-${one.id}@${new URL(base).hostname}`,
      sequence: one.version,
      start: one.starts_at,
      end: one.ends_at,
      summary: one.titles[words],
      description: one.about[words] ?? null,
      location: one.place_text ?? one.online_url,
      url: `${base}/forum/${one.id}`,
      status: one.phase === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  return new Response(calendar.toString(), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'max-age=300' },
  });
}
