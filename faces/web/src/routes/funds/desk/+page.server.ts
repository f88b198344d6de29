import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { demandSure, idFrom, seeAllowed } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { close_month, list_approvers, list_held, my_rights, show_desk } from '#modules/funds/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const desk = await seeAllowed(visit, show_desk, { before: idFrom(url, 'before') });
  const may = await see(visit, my_rights, {});
  return {
    ...{ desk, may, wide: true },
    held: may.read_books ? await see(visit, list_held, {}) : [],
    approvers: desk.waiting.length > 0 ? await see(visit, list_approvers, {}) : [],
    title: locale(visit, 'funds.desk'),
  };
};

export const actions = {
  close_month: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      demandSure(form);
      return act(visit, close_month, { month: text(form, 'month') }, text(form, 'command_id'));
    }),
};
