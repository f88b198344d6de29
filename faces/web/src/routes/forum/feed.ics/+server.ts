import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { calendarFor } from '#lib/server/calendar.ts';
import { list_sessions } from '#modules/forum/index.ts';

const MOST = 200;

/** Sessions as a calendar. */
export async function GET(event: RequestEvent) {
  const { sessions } = await see(event.locals.visit, list_sessions, { when: 'all', limit: MOST });
  return calendarFor(event, {
    ...{ title: 'forum.title', path: 'forum', entries: sessions },
    describe: ({ place_text, online_url, about }, words) => ({
      location: place_text ?? online_url,
      description: about[words] ?? null,
    }),
  });
}
