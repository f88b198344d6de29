import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { filtersFrom, withParameters } from '#lib/server/filters.ts';
import { locale } from '#lib/server/locale.ts';
import { triageOf } from '#lib/server/triage.ts';
import { list_requests, show_request } from '#modules/requests/index.ts';
import { isStaff } from '#platform/actor.ts';

/** The queue: what is mine to answer, or everything for the desk; the most urgent first, the chosen one beside it. */
export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/desk');
  if (!isStaff(visit.actor)) error(404, 'not_found');
  const filters = filtersFrom(url);
  const atDesk = visit.actor.roles.some((grant) => grant.role === 'desk_officer');
  const mine = filters.mine ?? (atDesk || url.searchParams.has('mine') ? undefined : ('owed' as const));
  const page = await see(visit, list_requests, {
    ...filters,
    mine,
    phase: filters.phase ?? 'open',
    order: 'due',
    limit: 30,
    count: true,
    after: url.searchParams.get('after') ?? undefined,
  });
  const chosen = Number(url.searchParams.get('show')) || page.requests[0]?.number;
  const shown = chosen ? await see(visit, show_request, { number: chosen }) : null;
  return {
    ...page,
    next: page.next ? withParameters(url, { after: page.next, show: null }) : null,
    shown,
    triage: shown ? await triageOf(visit, shown) : null,
    links: Object.fromEntries(
      page.requests.map((request) => [request.number, withParameters(url, { show: String(request.number) })]),
    ),
    filters: { mine: mine ?? '', overdue: filters.overdue === true, words: filters.words ?? '' },
    title: locale(visit, 'web.desk.title'),
    wide: true,
    live: 'desk',
    island: 'keys',
  };
};
