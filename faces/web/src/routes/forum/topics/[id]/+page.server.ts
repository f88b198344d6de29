import { error, type RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { act, callerOf, formAction, isRefusal, see, seeOrNotFound, text } from '#lib/server/act.ts';
import { offsetFrom } from '#lib/server/forum.ts';
import { photosFrom } from '#lib/server/photos.ts';
import { linkedThing, proposalsToLink } from '#lib/server/topic_links.ts';
import { show_council } from '#modules/council/index.ts';
import {
  conclude_topic,
  give_speech,
  isOpenToAll,
  MODERATION,
  mark_speech,
  moderate,
  show_topic,
} from '#modules/forum/index.ts';
import { list_open_rounds } from '#modules/projects/index.ts';
import { submit_request } from '#modules/requests/index.ts';
import { rehearse } from '#platform/command.ts';
import { idFrom, isId, newId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

export const load = async ({ locals, params, url }: RequestEvent) => {
  const { visit } = locals;
  const id = params.id!;
  if (!isId(id)) error(404, 'not_found');
  const topic = await seeOrNotFound(visit, show_topic, { id, offset: offsetFrom(url) });
  return {
    topic,
    linked: (await Promise.all(topic.links.map((link) => linkedThing(visit, link)))).filter((one) => one !== null),
    proposals: topic.may.conclude ? await proposalsToLink(visit) : [],
    // Members of the council write a motion from it on the council's page, residents a proposal on the round's.
    may_move: visit.actor.kind === 'person' && ((await see(visit, show_council, {}))?.may.move ?? false),
    open_rounds: visit.actor.kind === 'person' && isOpenToAll(topic) ? await see(visit, list_open_rounds, {}) : null,
    moderation: MODERATION,
    command_id: newId(),
    title: topic.title,
    live: `topic/${id}`,
  };
};

const back = (event: RequestEvent) => () => `/forum/topics/${event.params.id}`;

export const actions = {
  speak: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const photos = await photosFrom(form, visit);
        form.set('photo_hash', photos.join(' '));
        const speech = {
          ...{ topic_id: event.params.id, text: text(form, 'text'), photos },
          ...{ reply_to_id: text(form, 'reply_to_id'), quote: text(form, 'quote') },
        };
        return act(visit, give_speech, speech, text(form, 'command_id'));
      },
      ({ id }) => `/forum/topics/${event.params.id}#speech-${id}`,
    ),
  mark: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) =>
        act(visit, mark_speech, { id: text(form, 'id'), hits_the_point: text(form, 'hits_the_point') === '1' }),
      ({ id }) => `/forum/topics/${event.params.id}#speech-${id}`,
    ),
  moderate: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) =>
        act(
          visit,
          moderate,
          {
            subject: { kind: text(form, 'kind'), id: text(form, 'id') },
            ...{ step: text(form, 'step'), rule: text(form, 'rule'), reason: text(form, 'reason') },
          },
          text(form, 'command_id'),
        ),
      back(event),
    ),
  conclude: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => {
        const wanted = { id: event.params.id!, summary: text(form, 'summary'), outcome: text(form, 'outcome') };
        const command_id = text(form, 'command_id');
        if (wanted.outcome === 'request') return becomeRequest(visit, wanted, command_id);
        const became_id = wanted.outcome === 'proposal' ? text(form, 'proposal_id') : undefined;
        if (wanted.outcome === 'proposal' && !became_id) refuse('required', {}, { field: 'proposal_id' });
        return act(visit, conclude_topic, { ...wanted, became_id }, command_id);
      },
      back(event),
    ),
};

/** Both commands have ids made from the form's: sent again after half of it was done, the rest is done. */
async function becomeRequest(
  visit: Visit,
  wanted: { id: string; summary: string | undefined; outcome: string | undefined },
  command_id: string | undefined,
) {
  const became_id = idFrom(isId(command_id) ? command_id : wanted.id, 'became_request');
  await rehearse(visit.environment, callerOf(visit), conclude_topic, { ...wanted, became_id }).catch((problem) => {
    if (!(isRefusal(problem) && problem.code === 'topic_concluded')) throw problem;
  });
  const topic = await see(visit, show_topic, { id: wanted.id });
  const request = {
    ...{ id: became_id, kind: 'idea', intake: 'web', wants_public: true },
    text: `${topic.title}\n${wanted.summary}`.slice(0, 4000),
  };
  await act(visit, submit_request, request, idFrom(became_id, 'submit'));
  return act(visit, conclude_topic, { ...wanted, became_id }, command_id);
}
