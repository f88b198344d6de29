import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { locale } from '#lib/server/locale.ts';
import { answer_reply, list_replies, type_in_reply } from '#modules/letters/index.ts';

const LIMIT = 20;

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  notAsThemselves(visit);
  const state = url.searchParams.get('state') === 'answered' ? ('answered' as const) : ('waiting' as const);
  const offset = Math.max(0, Math.floor(Number(url.searchParams.get('offset'))) || 0);
  const found = await see(visit, list_replies, { state, offset, limit: LIMIT });
  return { ...found, state, offset, limit: LIMIT, title: locale(visit, 'letters.replies_title') };
};

export const actions = {
  type_in: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, type_in_reply, { id: text(form, 'id'), text: text(form, 'text') ?? '' }),
    ),
  answer: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, answer_reply, {
        id: text(form, 'id'),
        answer: text(form, 'answer') ?? '',
        become_request: form.has('become'),
      }),
    ),
};
