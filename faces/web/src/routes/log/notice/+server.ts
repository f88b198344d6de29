import { error, type RequestEvent } from '@sveltejs/kit';
import { headNoticeOf } from '#faces/documents/head_notice.ts';
import { see } from '#lib/server/act.ts';
import { show_log } from '#modules/log/index.ts';
import { dateIn } from '#platform/clock.ts';

/** The newest signed head as a sheet to print and hang up. */
export async function GET({ locals: { visit } }: RequestEvent) {
  const { heads } = await see(visit, show_log, { from: -1, limit: 1 });
  const [head] = heads;
  if (!head) error(404, 'not_found');
  const { names, time_zone } = visit.community;
  const signed_at = dateIn(time_zone, head.signed_at);
  const pdf = await headNoticeOf({
    ...{ community: names, base_url: visit.environment.base_url },
    ...{ size: head.size, note: head.note, signed_at },
  });
  const headers = { 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="log-head.pdf"' };
  return new Response(new Uint8Array(pdf), { headers });
}
