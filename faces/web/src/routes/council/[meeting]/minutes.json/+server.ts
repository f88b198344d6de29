import { error, type RequestEvent } from '@sveltejs/kit';
import { seeOrNotFound } from '#lib/server/act.ts';
import { show_minutes } from '#modules/council/index.ts';
import { canonical } from '#modules/log/index.ts';

/** The published minutes as a record, byte for byte what was hashed. */
export async function GET({ locals: { visit }, params }: RequestEvent) {
  const { record, minutes } = await seeOrNotFound(visit, show_minutes, { id: params.meeting });
  if (minutes !== 'published') error(404, 'not_found');
  return new Response(canonical(record), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="minutes.json"',
    },
  });
}
