import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { check_community, last_check } from '#modules/insight/index.ts';
import { list_requests, show_measures } from '#modules/requests/index.ts';
import { hasRole, isStaff } from '#platform/actor.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/overview');
  if (!isStaff(visit.actor)) error(404, 'not_found');
  const days = Number(url.searchParams.get('days')) || 365;
  const from = new Date(visit.environment.clock().getTime() - Math.min(days, 730) * 86_400_000);
  const [measures, check, late] = await Promise.all([
    see(visit, show_measures, { from }),
    see(visit, last_check, {}),
    see(visit, list_requests, { overdue: true, phase: 'open', order: 'due', limit: 5 }),
  ]);
  return {
    measures,
    check,
    late: late.requests,
    days,
    may_check: hasRole(visit.actor, 'secretary', 'administrator'),
    title: locale(visit, 'web.overview.title'),
    wide: true,
  };
};

export const actions = {
  check: (event: RequestEvent) => formAction(event, async (_form, visit) => act(visit, check_community, {})),
};
