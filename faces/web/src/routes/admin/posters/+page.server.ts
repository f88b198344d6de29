import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { search_address } from '#modules/places/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const words = url.searchParams.get('words') ?? '';
  const found = words ? await see(locals.visit, search_address, { text: words.slice(0, 200), limit: 20 }) : [];
  return {
    words,
    buildings: found.filter((place) => place.household_id === null),
    title: locale(locals.visit, 'web.admin.posters'),
  };
};
