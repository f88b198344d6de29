import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, isRefusal, see, text } from '#lib/server/act.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { locale } from '#lib/server/locale.ts';
import { deliver_letter, print_campaign, record_reply, show_campaign } from '#modules/letters/index.ts';
import { search_address } from '#modules/places/index.ts';

const STATES = ['all', 'to_deliver', 'delivered', 'claimed', 'replied'] as const;
const LIMIT = 50;

export const load = async ({ locals, params, url }: RequestEvent) => {
  const { visit } = locals;
  notAsThemselves(visit);
  const where = (url.searchParams.get('where') ?? '').slice(0, 200);
  const state = STATES.find((one) => one === url.searchParams.get('state')) ?? 'all';
  const offset = Math.max(0, Math.floor(Number(url.searchParams.get('offset'))) || 0);
  const places = where ? await see(visit, search_address, { text: where, limit: 20 }) : [];
  const household_ids = where ? places.flatMap((place) => place.household_id ?? []) : undefined;
  try {
    const shown = await see(visit, show_campaign, { id: params.id, state, household_ids, offset, limit: LIMIT });
    return { ...shown, where, state, states: STATES, offset, limit: LIMIT, title: locale(visit, 'letters.title') };
  } catch (caught) {
    if (isRefusal(caught)) error(404, 'not_found');
    throw caught;
  }
};

export const actions = {
  print: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, print_campaign, { id: event.params.id, again: form.has('again') }, text(form, 'command_id')),
    ),
  deliver: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, deliver_letter, { letter_id: text(form, 'letter_id'), how: text(form, 'how') }),
    ),
  reply: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(
        visit,
        record_reply,
        { letter_id: text(form, 'letter_id'), text: text(form, 'reply_text') ?? '' },
        text(form, 'command_id'),
      ),
    ),
};
