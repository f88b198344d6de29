import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { amountFrom, seeAllowed } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { photosFrom } from '#lib/server/photos.ts';
import {
  ADVANCE_DAYS,
  give_advance,
  list_advances,
  list_open_accounts,
  request_spending,
  return_advance,
} from '#modules/funds/index.ts';
import { list_staff } from '#modules/people/index.ts';
import { addDays, dateIn } from '#platform/clock.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (visit.actor.kind !== 'person') error(404, 'not_found');
  const shown = await seeAllowed(visit, list_advances, {});
  const chosen = shown.may.request ? await see(visit, list_open_accounts, {}) : { accounts: [], categories: [] };
  const staff = shown.may.request ? await see(visit, list_staff, {}).catch(() => []) : [];
  const people = [...new Map(staff.map((one) => [one.id, one.public_name ?? ''])).entries()];
  const today = dateIn(visit.community.time_zone, visit.environment.clock());
  return {
    ...{ ...shown, people, categories: chosen.categories, today },
    until: addDays(today, ADVANCE_DAYS),
    funds: chosen.accounts.filter((one) => one.kind === 'fund' || one.kind === 'budget_line'),
    banks: chosen.accounts.filter((one) => one.kind === 'bank'),
    title: locale(visit, 'books.advances.title'),
  };
};

const sent = (form: FormData) => text(form, 'command_id');

export const actions = {
  give: (event: RequestEvent) =>
    formAction(event, (form, visit) => {
      const asked = { holder_id: text(form, 'holder_id'), bank_account_id: text(form, 'bank_account_id') };
      const what = { purpose: text(form, 'purpose'), category: text(form, 'category'), due_on: text(form, 'due_on') };
      return act(visit, give_advance, { ...asked, ...what, amount_fen: amountFrom(form, 'amount_fen') }, sent(form));
    }),
  settle: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const spent = {
        ...{
          kind: 'settlement',
          credit_account_id: text(form, 'account_id'),
          debit_account_id: text(form, 'debit_account_id'),
        },
        ...{
          amount_fen: amountFrom(form, 'amount_fen'),
          purpose: text(form, 'purpose'),
          category: text(form, 'category'),
        },
        ...{ payee_name: text(form, 'payee_name'), is_payee_public: form.has('is_payee_public') },
        file_hashes: await photosFrom(form, visit),
      };
      return act(visit, request_spending, spent, sent(form));
    }),
  bring_back: (event: RequestEvent) =>
    formAction(event, (form, visit) => {
      const back = { account_id: text(form, 'account_id'), bank_account_id: text(form, 'bank_account_id') };
      const more = { amount_fen: amountFrom(form, 'amount_fen'), received_on: text(form, 'received_on') };
      return act(visit, return_advance, { ...back, ...more }, sent(form));
    }),
};
