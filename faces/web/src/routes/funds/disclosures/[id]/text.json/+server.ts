import type { RequestEvent } from '@sveltejs/kit';
import { seeThe } from '#lib/server/funds.ts';
import { show_disclosure } from '#modules/funds/index.ts';

/** What was published, letter for letter: its SHA-256 is the one in the log. */
export async function GET(event: RequestEvent) {
  const { text, id } = await seeThe(event, show_disclosure, { id: event.params.id });
  return new Response(text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="disclosure-${id}.json"`,
    },
  });
}
