import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { calendarFor } from '#lib/server/calendar.ts';
import { list_meetings } from '#modules/council/index.ts';

const MOST = 200;

/** Meetings as a calendar. */
export async function GET(event: RequestEvent) {
  const { meetings } = await see(event.locals.visit, list_meetings, { when: 'all', limit: MOST });
  return calendarFor(event, {
    ...{ title: 'council.title', path: 'council', entries: meetings },
    describe: ({ place_text }) => ({ location: place_text }),
  });
}
