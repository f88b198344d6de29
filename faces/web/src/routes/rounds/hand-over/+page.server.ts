import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_staff } from '#modules/people/index.ts';
import { hand_over_doors, list_due_doors } from '#modules/visits/index.ts';
import { hasRole } from '#platform/actor.ts';

const SHOWN = 200;

/** The doors that are due for a worker, to be given to another: somebody is ill, or goes on leave. */
export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
  if (!hasRole(visit.actor, 'grid_worker', 'desk_officer', 'secretary')) error(404, 'not_found');
  const isDesk = hasRole(visit.actor, 'desk_officer', 'secretary');
  const isWorker = hasRole(visit.actor, 'grid_worker');
  const staff = await see(visit, list_staff, {});
  const all = staff.filter((one) => one.role === 'grid_worker').map((one) => [one.id, one.public_name] as const);
  const workers = [...new Map(all)].map(([id, name]) => ({ id, name }));
  const asked = url.searchParams.get('worker') || undefined;
  // The desk says first whose doors; a worker's are their own.
  const worker_id = isDesk ? (asked ?? (isWorker ? visit.actor.id : undefined)) : visit.actor.id;
  const due = worker_id ? await see(visit, list_due_doors, { worker_id, limit: SHOWN }) : null;
  return {
    workers,
    worker_id: worker_id ?? '',
    is_desk: isDesk,
    due,
    done: Number(url.searchParams.get('done')) || 0,
    title: locale(visit, 'visits.hand_over.title'),
  };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => {
        // Each box has its own name, so that none is lost on a refusal.
        const household_ids = [...form].flatMap(([name, id]) => (name.startsWith('door_') ? [String(id)] : []));
        const input = { household_ids, to_worker_id: text(form, 'to_worker_id'), reason: text(form, 'reason') };
        return act(visit, hand_over_doors, input, text(form, 'command_id'));
      },
      ({ doors }) => {
        const worker = event.url.searchParams.get('worker');
        return `/rounds/hand-over?${new URLSearchParams({ ...(worker && { worker }), done: String(doors) })}`;
      },
    ),
};
