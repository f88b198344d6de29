import type { RequestEvent } from '@sveltejs/kit';
import { seeOrNotFound } from '#lib/server/act.ts';
import { localeAsked } from '#lib/server/locale.ts';
import { export_popolo } from '#modules/council/index.ts';

/** The council as Popolo, for anybody to take home; names in the reader's language or the one asked for by `lang`. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  const language = localeAsked(visit, url);
  const popolo = await seeOrNotFound(visit, export_popolo, { language });
  return new Response(JSON.stringify(popolo, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="popolo.json"',
      'cache-control': 'max-age=300',
    },
  });
}
