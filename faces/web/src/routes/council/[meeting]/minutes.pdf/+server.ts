import { error, type RequestEvent } from '@sveltejs/kit';
import { drawFile } from '#faces/documents/file.ts';
import { LOCALES } from '#faces/server/visit.ts';
import { meetingOf } from '#lib/server/council.ts';
import { locale } from '#lib/server/locale.ts';
import { minutesOnPaper } from '#lib/server/minutes.ts';

/** The minutes on A4 in both languages: for everybody once they are published, before that for whoever writes them. */
export async function GET(event: RequestEvent) {
  const { visit } = event.locals;
  const meeting = await meetingOf(event);
  const { record } = meeting;
  if (!record || (meeting.minutes !== 'published' && !meeting.may.write_minutes)) error(404, 'not_found');
  const sections = LOCALES.flatMap((one) => minutesOnPaper(record, one, visit.community.time_zone));
  const state = LOCALES.map((one) => locale({ locale: one }, `council.minutes_states.${meeting.minutes}`)).join(' · ');
  const hash = meeting.minutes_sha256 ? [{ heading: 'SHA-256', lines: [meeting.minutes_sha256] }] : [];
  const title = `${LOCALES.map((one) => locale({ locale: one }, 'council.minutes')).join(' · ')} (${state})`;
  const pdf = await drawFile(title, [...sections, ...hash]);
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="minutes-${meeting.starts_at.toISOString().slice(0, 10)}.pdf"`,
      'cache-control': 'no-store',
    },
  });
}
