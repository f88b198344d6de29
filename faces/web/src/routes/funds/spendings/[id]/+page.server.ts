import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { demandSure, proofOf, seeThe } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { approve_spending, list_approvers, my_rights, refuse_spending, show_spending } from '#modules/funds/index.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const spending = await seeThe(event, show_spending, { id: event.params.id });
  return {
    spending,
    approvers: spending.state === 'waiting' ? await see(visit, list_approvers, {}) : [],
    proof: await proofOf(visit, spending.id),
    may: await see(visit, my_rights, {}),
    title: locale(visit, 'funds.spendings.one'),
  };
};

export const actions = {
  approve: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      demandSure(form);
      return act(visit, approve_spending, { id: event.params.id }, text(form, 'command_id'));
    }),
  refuse: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(visit, refuse_spending, { id: event.params.id, reason: text(form, 'reason') }, text(form, 'command_id')),
    ),
};
