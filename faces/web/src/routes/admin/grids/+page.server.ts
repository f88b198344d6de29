import { error, type RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_grid_cards } from '#modules/places/index.ts';
import { hasRole } from '#platform/actor.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  const words = url.searchParams.get('words')?.trim().slice(0, 80) ?? '';
  const grids = await see(visit, list_grid_cards, {});
  const isFound = (one: (typeof grids)[number]) =>
    [one.code, ...Object.values(one.names), ...one.answerers].some((text) =>
      text.toLowerCase().includes(words.toLowerCase()),
    );
  return { grids: grids.filter(isFound), words, title: locale(visit, 'places.grids.title') };
};
