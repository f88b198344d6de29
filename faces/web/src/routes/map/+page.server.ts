import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { filtersFrom } from '#lib/server/filters.ts';
import { locale } from '#lib/server/locale.ts';
import { show_map } from '#modules/places/index.ts';
import { list_categories, list_requests, map_requests } from '#modules/requests/index.ts';

const DOTS = 300;
const LISTED = 30;

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const filters = filtersFrom(url);
  const wanted = { ...filters, phase: filters.phase ?? ('open' as const) };
  const [map, dots, list, categories] = await Promise.all([
    see(visit, show_map, {}),
    see(visit, map_requests, { ...wanted, limit: DOTS }),
    see(visit, list_requests, { ...wanted, limit: LISTED }),
    see(visit, list_categories, {}),
  ]);
  const chosen = (name: string) => url.searchParams.get(name) ?? '';
  return {
    map,
    dots,
    requests: list.requests,
    categories,
    as_list: `/requests${url.search}`,
    chosen: {
      words: chosen('words'),
      phase: chosen('phase') || 'open',
      category: chosen('category'),
      grid: chosen('grid'),
    },
    title: locale(visit, 'web.map.title'),
    wide: true,
  };
};
