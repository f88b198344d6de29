import { type RequestEvent, redirect } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { my_file } from '#modules/people/index.ts';
import { list_requests } from '#modules/requests/index.ts';

/** Everything recorded about me, for a machine to read. */
export async function GET({ locals }: RequestEvent) {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/me/file');
  const file = await see(visit, my_file, {});
  const { requests } = await see(visit, list_requests, { mine: 'told', limit: 200 });
  const body = JSON.stringify({ exported_at: new Date(), community: visit.community.names, file, requests }, null, 2);
  return new Response(body, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="my-file.json"',
      'cache-control': 'no-store',
    },
  });
}
