import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { withParameters } from '#lib/server/filters.ts';
import { locale } from '#lib/server/locale.ts';
import { visitFilters } from '#lib/server/visit_filters.ts';
import { list_grids } from '#modules/places/index.ts';
import { list_occasions, list_visits, OUTCOMES } from '#modules/visits/index.ts';
import { hasRole } from '#platform/actor.ts';

/** The visits behind a figure. */
export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
  if (!hasRole(visit.actor, 'grid_worker', 'desk_officer', 'secretary')) error(404, 'not_found');
  const filters = visitFilters(url);
  const [list, occasions, grids] = await Promise.all([
    see(visit, list_visits, { ...filters, after: Number(url.searchParams.get('after')) || 0 }),
    see(visit, list_occasions, {}),
    see(visit, list_grids, {}),
  ]);
  return {
    visits: list.visits,
    next: list.next === null ? null : withParameters(url, { after: String(list.next) }),
    ...{ occasions, grids, filters, outcomes: OUTCOMES },
    export: `/visits/export${url.search}`,
    title: locale(visit, 'visits.list'),
  };
};
