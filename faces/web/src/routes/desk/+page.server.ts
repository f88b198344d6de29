import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { formAction, see } from '#lib/server/act.ts';
import { actOnChosen } from '#lib/server/batch.ts';
import { filtersFrom, withParameters } from '#lib/server/filters.ts';
import { locale } from '#lib/server/locale.ts';
import { ownersOf } from '#lib/server/owners.ts';
import { savedFilterActions, savedFor } from '#lib/server/saved_filters.ts';
import { triageOf } from '#lib/server/triage.ts';
import { list_requests, show_request } from '#modules/requests/index.ts';
import { isStaff } from '#platform/actor.ts';

/** What of an address is not a filter: which one is shown, and the form that was sent. */
const PLACE = { show: null, '/batch': null };

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
    next: page.next ? withParameters(url, { after: page.next, ...PLACE }) : null,
    shown,
    triage: shown ? await triageOf(visit, shown) : null,
    owners: atDesk ? await ownersOf(visit) : null,
    // Whoever did something to several comes back to the same queue.
    batch_action: withParameters(url, PLACE).replace(/^[^?]*\??/, '?/batch&'),
    links: Object.fromEntries(
      page.requests.map((request) => [request.number, withParameters(url, { ...PLACE, show: String(request.number) })]),
    ),
    filters: { mine: mine ?? '', overdue: filters.overdue === true, words: filters.words ?? '' },
    title: locale(visit, 'web.desk.title'),
    filters_kept: await savedFor(visit, 'desk', url),
    wide: true,
    live: 'desk',
    island: 'keys',
  };
};

export const actions = {
  batch: (event: RequestEvent) => formAction(event, actOnChosen),
  ...savedFilterActions('desk'),
};
