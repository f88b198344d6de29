import { error, type RequestEvent } from '@sveltejs/kit';
import { isRefusal, see } from '#lib/server/act.ts';
import { export_popolo } from '#modules/council/index.ts';

/** The council as Popolo, for anybody to take home; names in the reader's language or the one asked for by `lang`. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  const lang = url.searchParams.get('lang');
  const language = lang === 'en' || lang === 'zh-CN' ? lang : visit.locale;
  const popolo = await see(visit, export_popolo, { language }).catch((problem) =>
    isRefusal(problem) ? error(404, 'not_found') : Promise.reject(problem),
  );
  return new Response(JSON.stringify(popolo, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="popolo.json"',
      'cache-control': 'max-age=300',
    },
  });
}
