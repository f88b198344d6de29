import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { ownersOf } from '#lib/server/owners.ts';
import { photosFrom } from '#lib/server/photos.ts';
import { commandOf } from '#lib/server/request_forms.ts';
import { triageOf } from '#lib/server/triage.ts';
import { motions_of, resolution_of, show_council } from '#modules/council/index.ts';
import { topics_of } from '#modules/forum/index.ts';
import { list_proposals_from } from '#modules/projects/index.ts';
import * as requests from '#modules/requests/index.ts';
import { isStaff } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';

type Event = RequestEvent<{ number: string }>;

const followCode = (event: Event) => event.url.searchParams.get('code') ?? undefined;
const numberOf = (event: Event) => (/^\d{1,15}$/.test(event.params.number) ? Number(event.params.number) : 0);

export const load = async (event: Event) => {
  const { visit } = event.locals;
  const request = await see(visit, requests.show_request, { number: numberOf(event), follow_code: followCode(event) });
  const byStaff = isStaff(visit.actor) && request.actions.length > 0;
  const [categories, owners, templates] = byStaff
    ? await Promise.all([
        see(visit, requests.list_categories, {}),
        ownersOf(visit),
        see(visit, requests.list_templates, { category_id: request.category.id }),
      ])
    : [[], { staff: [], organisations: [] }, []];
  const triage = byStaff ? await triageOf(visit, request) : null;
  return {
    request,
    categories,
    ...owners,
    templates,
    triage,
    topics: await see(visit, topics_of, { kind: 'request', id: request.id }),
    motions: await see(visit, motions_of, { kind: 'request', id: request.id }),
    resolution: await see(visit, resolution_of, { request_id: request.id }),
    may_move: visit.actor.kind === 'person' && ((await see(visit, show_council, {}))?.may.move ?? false),
    proposals: await see(visit, list_proposals_from, { request_id: request.id }),
    code: followCode(event) ?? null,
    command_id: newId(),
    is_signed_in: visit.actor.kind === 'person',
    title: locale(visit, 'requests.number', { number: String(request.number) }),
    live: `request/${request.id}`,
  };
};

/** One action for all steps: the button says which. Photos are stored first, so that a refusal does not lose them. */
export const actions = {
  default: (event: Event) =>
    formAction(
      event,
      async (form, visit) => {
        const photos = await photosFrom(form, visit);
        form.set('photo_hash', photos.join(' '));
        const { command, input } = await commandOf(visit, form, photos);
        await act(visit, command, { follow_code: followCode(event), ...input }, text(form, 'command_id'));
      },
      () => event.url.pathname + event.url.search,
    ),
};
