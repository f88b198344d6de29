import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, seeOrNotFound, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { give_opinion, MODERATION, moderate, show_opinion_map, write_statement } from '#modules/forum/index.ts';
import { isId, newId } from '#platform/ids.ts';

export const load = async ({ locals, params }: RequestEvent) => {
  const { visit } = locals;
  const topic_id = params.id!;
  if (!isId(topic_id)) error(404, 'not_found');
  const opinions = await seeOrNotFound(visit, show_opinion_map, { topic_id });
  return {
    opinions,
    moderation: MODERATION,
    command_id: newId(),
    title: `${locale(visit, 'forum.opinions.title')} · ${opinions.topic.title}`,
  };
};

const here = (event: RequestEvent, at = '') => `/forum/topics/${event.params.id}/opinions${at}`;

export const actions = {
  give: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) =>
        act(visit, give_opinion, { statement_id: text(form, 'statement_id'), opinion: text(form, 'opinion') }),
      ({ id }) => here(event, event.url.searchParams.has('own') ? `?own#own-${id}` : ''),
    ),
  write: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) =>
        act(visit, write_statement, { topic_id: event.params.id, text: text(form, 'text') }, text(form, 'command_id')),
      () => here(event),
    ),
  moderate: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) =>
        act(
          visit,
          moderate,
          {
            subject: { kind: 'statement', id: text(form, 'id') },
            ...{ step: text(form, 'step'), rule: text(form, 'rule'), reason: text(form, 'reason') },
          },
          text(form, 'command_id'),
        ),
      () => here(event),
    ),
};
