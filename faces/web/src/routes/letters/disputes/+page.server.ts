import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, isRefusal, see, text } from '#lib/server/act.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { locale } from '#lib/server/locale.ts';
import { list_disputes, settle_dispute } from '#modules/people/index.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  notAsThemselves(visit);
  try {
    return { disputes: await see(visit, list_disputes, {}), title: locale(visit, 'letters.disputes.title') };
  } catch (caught) {
    if (isRefusal(caught)) error(404, 'not_found');
    throw caught;
  }
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, settle_dispute, {
        id: text(form, 'id'),
        decision: text(form, 'decision'),
        reason: text(form, 'reason') ?? '',
      }),
    ),
};
