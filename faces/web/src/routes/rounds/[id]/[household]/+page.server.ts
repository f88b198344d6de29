import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { writeKnockWish } from '#lib/server/knock_wish.ts';
import { locale } from '#lib/server/locale.ts';
import { visitFrom } from '#lib/server/visit_form.ts';
import { list_staff } from '#modules/people/index.ts';
import {
  end_safety_note,
  hand_over_doors,
  record_visit,
  SEEN,
  SETTLED,
  show_door,
  write_safety_note,
} from '#modules/visits/index.ts';

// A knock without a round is recorded under this word in place of a round's id.
const NO_ROUND = 'door';
const DONE = ['wish', 'note', 'note_ended'] as const;

const roundOf = (params: Record<string, string | undefined>) => (params.id === NO_ROUND ? undefined : params.id);

const here = ({ url }: RequestEvent, done: (typeof DONE)[number]) => `${url.pathname}?done=${done}`;

/** One door: why, who, what was, and the form that records the knock. */
export const load = async ({ locals, params, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, `/sign-in?to=${url.pathname}`);
  const [door, staff] = await Promise.all([
    see(visit, show_door, { household_id: params.household, round_id: roundOf(params) }),
    see(visit, list_staff, {}),
  ]);
  const workers = staff.filter((one) => one.role === 'grid_worker' && one.id !== visit.actor.id);
  return {
    door,
    round_id: roundOf(params) ?? null,
    done: DONE.find((one) => one === url.searchParams.get('done')),
    companions: [...new Map(workers.map((one) => [one.id, { id: one.id, name: one.public_name }])).values()],
    seen: SEEN,
    settled: SETTLED,
    title: locale(visit, 'visits.record'),
  };
};

export const actions = {
  wish: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => writeKnockWish(form, visit, event.params.household),
      () => here(event, 'wish'),
    ),
  note_safety: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => {
        const input = {
          household_id: event.params.household,
          note: text(form, 'safety'),
          expires_on: text(form, 'expires_on'),
        };
        return act(visit, write_safety_note, input, text(form, 'command_id'));
      },
      () => here(event, 'note'),
    ),
  end_note: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => act(visit, end_safety_note, { id: text(form, 'id') }, text(form, 'command_id')),
      () => here(event, 'note_ended'),
    ),
  hand_over: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => {
        const input = { to_worker_id: text(form, 'to_worker_id'), reason: text(form, 'reason') };
        return act(
          visit,
          hand_over_doors,
          { ...input, household_ids: [event.params.household] },
          text(form, 'command_id'),
        );
      },
      // Whoever gave a door away may not look behind it any more.
      () => '/rounds/hand-over?done=1',
    ),
  record: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const input = await visitFrom(form, visit, {
          household_id: event.params.household!,
          round_id: roundOf(event.params),
        });
        return act(visit, record_visit, input, text(form, 'command_id'));
      },
      (answer) => {
        const said = `saved=${answer.conflicts.length > 0 ? 'conflict' : '1'}&needs=${answer.requests.length}`;
        const round = roundOf(event.params);
        return round ? `/rounds/${round}?${said}` : `/rounds/door/${event.params.household}?${said}`;
      },
    ),
};
