import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { visitFrom } from '#lib/server/visit_form.ts';
import { list_staff } from '#modules/people/index.ts';
import { record_visit, SEEN, SETTLED, show_door } from '#modules/visits/index.ts';

// A knock without a round is recorded under this word in place of a round's id.
const NO_ROUND = 'door';

const roundOf = (params: Record<string, string | undefined>) => (params.id === NO_ROUND ? undefined : params.id);

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
    companions: [...new Map(workers.map((one) => [one.id, { id: one.id, name: one.public_name }])).values()],
    seen: SEEN,
    settled: SETTLED,
    title: locale(visit, 'visits.record'),
  };
};

export const actions = {
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
