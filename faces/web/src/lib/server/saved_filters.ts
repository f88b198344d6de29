import type { RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { forget_filter, list_filters, save_filter } from '#modules/requests/index.ts';
import { act, formAction, see, text } from './act.ts';

/** What of a list's address is no filter: where the reader stands in it, and which form was sent. */
const PLACES = ['show', 'after'];

/** The filters of a list as its address says them, in one order, so that the same filters are the same words. */
function filtersOf(url: URL): string {
  const kept = new URLSearchParams(
    [...url.searchParams].filter(([name, value]) => value !== '' && !PLACES.includes(name) && !name.startsWith('/')),
  );
  kept.sort();
  return kept.toString();
}

/** What the bar of saved filters shows beside a list. */
export async function savedFor(visit: Visit, list: 'desk' | 'requests', url: URL) {
  const current = filtersOf(url);
  return { list, current, saved: await see(visit, list_filters, { list }), action: current && `&${current}` };
}

export const savedFilterActions = (list: 'desk' | 'requests') => ({
  save_filter: (event: RequestEvent) =>
    formAction(event, (form, visit) => {
      const wanted = { list, name: text(form, 'filter_name'), filters: text(form, 'filters') ?? '' };
      return act(visit, save_filter, wanted, text(form, 'command_id'));
    }),
  forget_filter: (event: RequestEvent) =>
    formAction(event, (form, visit) => act(visit, forget_filter, { id: text(form, 'id') })),
});
