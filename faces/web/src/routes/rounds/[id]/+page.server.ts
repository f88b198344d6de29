import type { RequestEvent } from '@sveltejs/kit';
import { redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { end_round, list_occasions, show_round, take_door_out } from '#modules/visits/index.ts';

export const load = async ({ locals, params, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, `/sign-in?to=/rounds/${params.id}`);
  const [round, occasions] = await Promise.all([
    see(visit, show_round, { id: params.id }),
    see(visit, list_occasions, {}),
  ]);
  return {
    round,
    occasions,
    is_mine: round.worker_id === visit.actor.id,
    saved: url.searchParams.get('saved'),
    needs: Number(url.searchParams.get('needs')) || 0,
    title: locale(visit, 'visits.rounds'),
  };
};

const version = (form: FormData) => Number(text(form, 'expected_version')) || undefined;

export const actions = {
  take_out: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(visit, take_door_out, {
        id: event.params.id,
        household_id: text(form, 'household_id'),
        expected_version: version(form),
      }),
    ),
  end: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => act(visit, end_round, { id: event.params.id, expected_version: version(form) }),
      () => '/rounds',
    ),
};
