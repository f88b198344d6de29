import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, seeOrNotFound, text } from '#lib/server/act.ts';
import { planFrom } from '#lib/server/forum.ts';
import { spanFields } from '#lib/server/local_time.ts';
import * as forum from '#modules/forum/index.ts';
import type { Command } from '#platform/command.ts';
import { isId, newId } from '#platform/ids.ts';

export const load = async ({ locals, params }: RequestEvent) => {
  const { visit } = locals;
  const id = params.session!;
  if (!isId(id)) error(404, 'not_found');
  const session = await seeOrNotFound(visit, forum.show_session, { id });
  return {
    session,
    ...spanFields(session, visit.community.time_zone),
    held: forum.HELD,
    command_id: newId(),
    title: session.titles[visit.locale],
    live: `forum_session/${id}`,
  };
};

type Inputs = (form: FormData, event: RequestEvent) => Record<string, unknown>;

/** One form, one command, and back to the page. */
const step =
  <I, A>(command: Command<I, A>, inputs: Inputs) =>
  (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => act(visit, command, inputs(form, event), text(form, 'command_id')),
      () => `/forum/${event.params.session}`,
    );

const key: Inputs = (_form, event) => ({ id: event.params.session });

export const actions = {
  open: step(forum.open_session, key),
  close: step(forum.close_session, key),
  next: step(forum.call_next, key),
  cancel: step(forum.cancel_session, (form, event) => ({ ...key(form, event), reason: text(form, 'reason') })),
  ask: step(forum.ask_to_speak, (form, event) => ({
    session_id: event.params.session,
    shown_name: text(form, 'shown_name'),
  })),
  leave: step(forum.leave_list, (form, event) => ({
    session_id: event.params.session,
    turn_id: text(form, 'turn_id'),
  })),
  write: step(forum.write_minutes, (form, event) => ({
    ...{ session_id: event.params.session, turn_id: text(form, 'turn_id'), text: text(form, 'text') },
  })),
  correct: step(forum.correct_minutes, (form) => ({
    ...{ id: text(form, 'id'), expected_version: Number(text(form, 'expected_version')) },
    ...{ text: text(form, 'text'), reason: text(form, 'reason') },
  })),
  plan: step(forum.write_session, (form, event) => ({
    ...{ ...planFrom(form, event.locals.visit.community.time_zone), ...key(form, event) },
    expected_version: Number(text(form, 'expected_version')),
  })),
};
