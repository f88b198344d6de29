import { error, type RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { show_project } from '#modules/projects/index.ts';
import { show_request } from '#modules/requests/index.ts';
import { isId } from '#platform/ids.ts';
import { see, seeOrNotFound } from './act.ts';

const NEED_SHOWN = 60;

/** The project of an address; a page that is not there when there is none. */
export async function projectOf({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) {
  const id = params.id ?? '';
  if (!isId(id)) error(404, 'not_found');
  return seeOrNotFound(locals.visit, show_project, { id });
}

/** The needs that a thing grew from, as links; a need that this reader may not see is left out. */
export async function needsOf(visit: Visit, request_ids: readonly string[]) {
  const needs = await Promise.all(request_ids.map((id) => see(visit, show_request, { id }).catch(() => null)));
  return needs
    .filter((one) => one !== null)
    .map((one) => ({ number: one.number, title: `${one.number}. ${one.text.slice(0, NEED_SHOWN)}` }));
}
