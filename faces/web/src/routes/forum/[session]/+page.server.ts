import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, seeOrNotFound, text } from '#lib/server/act.ts';
import { planFrom } from '#lib/server/forum.ts';
import { spanFields } from '#lib/server/local_time.ts';
import {
  ask_to_speak,
  call_next,
  cancel_session,
  close_session,
  correct_minutes,
  HELD,
  leave_list,
  open_session,
  show_session,
  write_minutes,
  write_session,
} from '#modules/forum/index.ts';
import { isId, newId } from '#platform/ids.ts';

export const load = async ({ locals, params }: RequestEvent) => {
  const { visit } = locals;
  const id = params.session!;
  if (!isId(id)) error(404, 'not_found');
  const session = await seeOrNotFound(visit, show_session, { id });
  return {
    session,
    ...spanFields(session, visit.community.time_zone),
    held: HELD,
    command_id: newId(),
    title: session.titles[visit.locale],
    live: `forum_session/${id}`,
  };
};

const step =
  (run: (form: FormData, event: RequestEvent) => Parameters<typeof formAction>[1]) => (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => run(form, event)(form, visit),
      () => `/forum/${event.params.session}`,
    );

export const actions = {
  lead: step((form, event) => (_form, visit) => {
    const [key, id] = [{ id: event.params.session }, text(form, 'command_id')];
    const wanted = text(form, 'step');
    if (wanted === 'open') return act(visit, open_session, key, id);
    if (wanted === 'close') return act(visit, close_session, key, id);
    return act(visit, call_next, key, id);
  }),
  cancel: step(
    (form, event) => (_form, visit) =>
      act(visit, cancel_session, { id: event.params.session, reason: text(form, 'reason') }),
  ),
  ask: step(
    (form, event) => (_form, visit) =>
      act(
        visit,
        ask_to_speak,
        { session_id: event.params.session, topic_id: text(form, 'topic_id'), shown_name: text(form, 'shown_name') },
        text(form, 'command_id'),
      ),
  ),
  leave: step(
    (form, event) => (_form, visit) =>
      act(visit, leave_list, { session_id: event.params.session, turn_id: text(form, 'turn_id') }),
  ),
  write: step(
    (form, event) => (_form, visit) =>
      act(
        visit,
        write_minutes,
        { session_id: event.params.session, turn_id: text(form, 'turn_id'), text: text(form, 'text') },
        text(form, 'command_id'),
      ),
  ),
  correct: step(
    (form) => (_form, visit) =>
      act(
        visit,
        correct_minutes,
        {
          ...{ id: text(form, 'id'), expected_version: Number(text(form, 'expected_version')) },
          ...{ text: text(form, 'text'), reason: text(form, 'reason') },
        },
        text(form, 'command_id'),
      ),
  ),
  plan: step(
    (form, event) => (_form, visit) =>
      act(
        visit,
        write_session,
        {
          ...{ ...planFrom(form, visit.community.time_zone), id: event.params.session },
          expected_version: Number(text(form, 'expected_version')),
        },
        text(form, 'command_id'),
      ),
  ),
};
