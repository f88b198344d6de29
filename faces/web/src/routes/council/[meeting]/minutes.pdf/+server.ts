import type { RequestEvent } from '@sveltejs/kit';
import { drawFile } from '#faces/documents/file.ts';
import { LOCALES } from '#faces/server/visit.ts';
import { seeOrNotFound } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { minutesOnPaper } from '#lib/server/minutes.ts';
import { show_minutes } from '#modules/council/index.ts';
import { dateIn } from '#platform/clock.ts';

/** The minutes on A4 in both languages: for everybody once they are published, before that for whoever writes them. */
export async function GET({ locals: { visit }, params }: RequestEvent) {
  const { record, minutes, sha256, starts_at } = await seeOrNotFound(visit, show_minutes, { id: params.meeting });
  const sections = LOCALES.flatMap((one) => minutesOnPaper(record, one, visit.community.time_zone));
  const state = LOCALES.map((one) => locale({ locale: one }, `council.minutes_states.${minutes}`)).join(' · ');
  const hash = sha256 ? [{ heading: 'SHA-256', lines: [sha256] }] : [];
  const title = `${LOCALES.map((one) => locale({ locale: one }, 'council.minutes')).join(' · ')} (${state})`;
  const pdf = await drawFile(title, [...sections, ...hash]);
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="minutes-${dateIn(visit.community.time_zone, starts_at)}.pdf"`,
      'cache-control': 'no-store',
    },
  });
}
