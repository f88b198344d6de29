import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, seeOrNotFound, text } from '#lib/server/act.ts';
import { requestNumbers } from '#lib/server/council.ts';
import { fenFrom } from '#lib/server/venture.ts';
import { propose_project, show_council, show_resolution } from '#modules/council/index.ts';
import { list_open_rounds, show_proposal } from '#modules/projects/index.ts';
import { show_request } from '#modules/requests/index.ts';
import { isId, newId } from '#platform/ids.ts';

export const load = async ({ locals: { visit }, params }: RequestEvent) => {
  const id = params.id!;
  if (!isId(id)) error(404, 'not_found');
  const resolution = await seeOrNotFound(visit, show_resolution, { id });
  const council = await see(visit, show_council, {});
  const proposals = resolution.links.filter((link) => link.kind === 'proposal');
  return {
    resolution,
    request: await see(visit, show_request, { id: resolution.request_id }),
    requests: await requestNumbers(
      visit,
      resolution.links.filter((link) => link.is_from),
    ),
    proposals: await Promise.all(proposals.map((link) => see(visit, show_proposal, { id: link.id }))),
    rounds: council?.may.resolve ? (await see(visit, list_open_rounds, {})).rounds : [],
    command_id: newId(),
    title: resolution.titles[visit.locale],
    live: `resolution/${id},request/${resolution.request_id}`,
  };
};

export const actions = {
  propose: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const [round_id, category] = (text(form, 'round') ?? '').split('/');
        const words = {
          title: text(form, 'title'),
          summary: text(form, 'summary'),
          asked_fen: fenFrom(form, 'asked_fen'),
        };
        const project = { resolution_id: event.params.id, round_id, category, ...words };
        return act(visit, propose_project, project, text(form, 'command_id'));
      },
      ({ id, round_number }) => `/venture/${round_number}/proposals/${id}`,
    ),
};
