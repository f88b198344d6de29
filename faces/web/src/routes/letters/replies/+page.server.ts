import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { locale } from '#lib/server/locale.ts';
import { answer_reply, list_replies, type_in_reply } from '#modules/letters/index.ts';
import { submit_request } from '#modules/requests/index.ts';
import { idFrom } from '#platform/ids.ts';

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
    formAction(event, async (form, visit) => {
      const id = text(form, 'id') ?? '';
      const answer = text(form, 'answer') ?? '';
      const request_id = form.has('become')
        ? (
            await act(
              visit,
              submit_request,
              {
                ...{ kind: 'need', intake: 'visit', text: text(form, 'words') ?? '', wants_public: false },
                place: { household_id: text(form, 'household_id') },
              },
              idFrom('letter_reply', id, 'request'),
            )
          ).id
        : undefined;
      return act(visit, answer_reply, { id, answer, request_id });
    }),
};
