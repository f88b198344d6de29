import { error, type RequestEvent } from '@sveltejs/kit';
import { isRefusal, see } from '#lib/server/act.ts';
import { roundOf } from '#lib/server/venture.ts';
import { export_ballots } from '#modules/projects/index.ts';

/** The published ballots in Pabulib's format, byte for byte what was hashed. */
export async function GET(event: RequestEvent) {
  const { number } = await roundOf(event);
  const { text } = await see(event.locals.visit, export_ballots, { number }).catch((problem) =>
    isRefusal(problem) ? error(404, 'not_found') : Promise.reject(problem),
  );
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="venture-${number}.pb"`,
  };
  return new Response(text, { headers });
}
