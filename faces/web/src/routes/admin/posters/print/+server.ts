import { error, type RequestEvent } from '@sveltejs/kit';
import { makePosters } from '#faces/documents/posters.ts';
import { act, isRefusal } from '#lib/server/act.ts';
import { make_posters } from '#modules/places/index.ts';

/** The posters of some buildings as one PDF, a page each. */
export async function POST({ request, locals }: RequestEvent) {
  const { visit } = locals;
  const building_ids = (await request.formData())
    .getAll('building_id')
    .filter((id): id is string => typeof id === 'string');
  try {
    const posters = await act(visit, make_posters, { building_ids });
    const pdf = await makePosters({ community: visit.community.names, base_url: visit.environment.base_url, posters });
    return new Response(new Uint8Array(pdf), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': 'inline; filename="posters.pdf"',
        'cache-control': 'no-store',
      },
    });
  } catch (caught) {
    if (isRefusal(caught)) error(caught.code === 'not_found' ? 404 : 400, caught.code);
    throw caught;
  }
}
