import type { RequestEvent } from '@sveltejs/kit';
import { locale } from '#lib/server/locale.ts';
import { messages } from '#lib/server/messages.ts';

/** The round on the phone: a page without anybody's data, kept by the device; what fills it lies sealed on the phone. */
export const load = ({ locals }: RequestEvent) => {
  const { visits, people, requests, web, refusals } = messages[locals.visit.locale] as Record<
    string,
    Record<string, unknown>
  >;
  const words = {
    visits: { ...visits, coverage: undefined, conflicts: undefined },
    people: { household_relations: people?.household_relations },
    requests: { kinds: requests?.kinds },
    web: { optional_mark: web?.optional_mark },
    refusals,
  };
  const zone = locals.visit.community.time_zone;
  return { words: JSON.stringify(words), zone, bare: true, title: locale(locals.visit, 'visits.phone.title') };
};
