import { error, type RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { hasRole } from '#platform/actor.ts';
import { export_pack } from '#platform/vocabulary/index.ts';

/** The whole vocabulary as a file, to be kept or given to another neighbourhood. */
export const GET = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  const pack = await see(visit, export_pack, {});
  return new Response(`${JSON.stringify(pack, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="vocabulary-${visit.community.slug}.json"`,
    },
  });
};
