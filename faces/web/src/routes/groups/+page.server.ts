import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_organisations, list_vacancies, my_posts, ORGANISATION_KINDS } from '#modules/groups/index.ts';
import { isId } from '#platform/ids.ts';

const VACANCIES_SHOWN = 12;

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const asked = (name: string) => url.searchParams.get(name) || undefined;
  const kind = ORGANISATION_KINDS.find((one) => one === asked('kind'));
  const words = asked('words')?.slice(0, 80);
  const after = asked('after');
  return {
    ...(await see(visit, list_organisations, { kind, words, after: isId(after) ? after : undefined })),
    vacancies: after ? [] : (await see(visit, list_vacancies, { limit: VACANCIES_SHOWN })).vacancies,
    mine: await see(visit, my_posts, {}),
    filter: { kind: kind ?? '', words: words ?? '' },
    kinds: ORGANISATION_KINDS,
    title: locale(visit, 'groups.title'),
  };
};
