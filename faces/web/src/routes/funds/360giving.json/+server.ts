import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { export_grants } from '#modules/funds/index.ts';

/** Our grants as a package of the 360Giving Data Standard, for everybody. */
export async function GET({ locals }: RequestEvent) {
  const { visit } = locals;
  return new Response(`${JSON.stringify(await see(visit, export_grants, {}), null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="360giving-${visit.community.slug}.json"`,
      'access-control-allow-origin': '*',
      'cache-control': 'no-cache',
    },
  });
}
