import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { withParameters } from '#lib/server/filters.ts';
import { locale } from '#lib/server/locale.ts';
import { decide_conflict, list_conflicts, list_occasions } from '#modules/visits/index.ts';
import { hasRole } from '#platform/actor.ts';

/** Two accounts of one door side by side, for a person to decide. */
export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/visits/conflicts');
  if (!hasRole(visit.actor, 'desk_officer', 'secretary')) error(404, 'not_found');
  const decided = url.searchParams.has('decided');
  const [{ conflicts, next }, occasions] = await Promise.all([
    see(visit, list_conflicts, { decided, after: Number(url.searchParams.get('after')) || 0 }),
    see(visit, list_occasions, {}),
  ]);
  return {
    ...{ conflicts, occasions, decided },
    next: next === null ? null : withParameters(url, { after: String(next) }),
    title: locale(visit, 'visits.conflicts'),
    wide: true,
  };
};

export const actions = {
  decide: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(
        visit,
        decide_conflict,
        { id: text(form, 'id'), decision: text(form, 'decision'), reason: text(form, 'reason') },
        text(form, 'command_id'),
      ),
    ),
};
