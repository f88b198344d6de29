import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { withParameters } from '#lib/server/filters.ts';
import { locale } from '#lib/server/locale.ts';
import { list_staff } from '#modules/people/index.ts';
import { list_grids } from '#modules/places/index.ts';
import { list_due_doors, list_rounds, plan_round } from '#modules/visits/index.ts';
import { hasRole } from '#platform/actor.ts';
import { dateIn } from '#platform/clock.ts';

/** My due list, my rounds, and the next round to be planned. */
export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/rounds');
  if (!hasRole(visit.actor, 'grid_worker', 'desk_officer', 'secretary')) error(404, 'not_found');
  const chosen = (name: string) => url.searchParams.get(name)?.trim() || undefined;
  const isWorker = hasRole(visit.actor, 'grid_worker');
  const isDesk = hasRole(visit.actor, 'desk_officer', 'secretary');
  const [due, rounds, staff, grids] = await Promise.all([
    see(visit, list_due_doors, {
      occasion: chosen('occasion'),
      words: chosen('words'),
      worker_id: chosen('worker'),
      grid_id: chosen('grid'),
      after: Number(chosen('after')) || 0,
    }),
    see(visit, list_rounds, {}),
    isDesk ? see(visit, list_staff, {}) : [],
    see(visit, list_grids, {}),
  ]);
  const today = dateIn(visit.community.time_zone, visit.environment.clock());
  const workers = staff.filter((one) => one.role === 'grid_worker');
  return {
    due,
    rounds,
    grids: dueByGrid(due.by_grid, grids),
    today,
    is_worker: isWorker,
    is_desk: isDesk,
    workers: [...new Map(workers.map((one) => [one.id, { id: one.id, name: one.public_name }])).values()],
    chosen: {
      occasion: chosen('occasion') ?? '',
      words: chosen('words') ?? '',
      worker: chosen('worker') ?? '',
      grid: chosen('grid') ?? '',
    },
    next: due.next === null ? null : withParameters(url, { after: String(due.next) }),
    title: locale(visit, 'visits.title'),
  };
};

type Grid = { id: string; names: unknown };

/** Grids with doors that are due, the most late first. */
function dueByGrid(by_grid: Record<string, { due: number; late: number }>, grids: readonly Grid[]) {
  return grids
    .flatMap(({ id, names }) => (by_grid[id] ? [{ id, names: names as Record<string, string>, ...by_grid[id] }] : []))
    .sort((a, b) => b.late - a.late || b.due - a.due);
}

export const actions = {
  plan: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => {
        const [hours, minutes] = (text(form, 'starts_at') ?? '09:00').split(':').map(Number);
        return act(
          visit,
          plan_round,
          {
            worker_id: text(form, 'worker_id'),
            planned_on: text(form, 'planned_on'),
            starts_at_minute: (hours ?? 9) * 60 + (minutes ?? 0),
            budget_minutes: Number(text(form, 'budget_minutes') ?? 120),
            occasions: text(form, 'occasion') ? [text(form, 'occasion')] : undefined,
          },
          text(form, 'command_id'),
        );
      },
      (answer) => `/rounds/${answer.id}`,
    ),
};
