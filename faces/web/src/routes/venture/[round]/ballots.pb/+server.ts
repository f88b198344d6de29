import type { RequestEvent } from '@sveltejs/kit';
import { seeOrNotFound } from '#lib/server/act.ts';
import { roundOf } from '#lib/server/venture.ts';
import { export_ballots } from '#modules/projects/index.ts';

/** The published ballots in Pabulib's format, byte for byte what was hashed. */
export async function GET(event: RequestEvent) {
  const { number } = await roundOf(event);
  const { text } = await seeOrNotFound(event.locals.visit, export_ballots, { number });
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="venture-${number}.pb"`,
  };
  return new Response(text, { headers });
}
