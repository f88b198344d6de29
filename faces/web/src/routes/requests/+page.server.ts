import { see } from '#lib/server/act.ts';
import { filtersFrom, withParameters } from '#lib/server/filters.ts';
import { locale } from '#lib/server/locale.ts';
import { savedFilterActions, savedFor } from '#lib/server/saved_filters.ts';
import { list_grids } from '#modules/places/index.ts';
import { list_categories, list_requests } from '#modules/requests/index.ts';
import { isStaff } from '#platform/actor.ts';

export const load = async ({ locals, url }: { locals: App.Locals; url: URL }) => {
  const { visit } = locals;
  const order = url.searchParams.get('order') === 'due' ? 'due' : 'newest';
  const [page, categories, grids] = await Promise.all([
    see(visit, list_requests, {
      ...filtersFrom(url),
      order,
      after: url.searchParams.get('after') ?? undefined,
      count: true,
    }),
    see(visit, list_categories, {}),
    see(visit, list_grids, {}),
  ]);
  const chosen = (name: string) => url.searchParams.get(name) ?? '';
  return {
    ...page,
    next: page.next ? withParameters(url, { after: page.next }) : null,
    is_first: !url.searchParams.has('after'),
    as_map: `/map${url.search}`,
    as_table: `/requests/export${url.search}`,
    categories,
    grids,
    chosen: {
      words: chosen('words'),
      phase: chosen('phase'),
      category: chosen('category'),
      grid: chosen('grid'),
      order,
      overdue: chosen('overdue'),
    },
    // Staff look at the same list again and again.
    filters_kept: isStaff(visit.actor) ? await savedFor(visit, 'requests', url) : null,
    title: locale(visit, 'web.list.title'),
  };
};

export const actions = savedFilterActions('requests');
