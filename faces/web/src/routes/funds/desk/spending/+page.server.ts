import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { act, isRefusal, problemsOf, see, text, valuesOf } from '#lib/server/act.ts';
import { amountFrom, seeAllowed } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { photosFrom } from '#lib/server/photos.ts';
import {
  approvalLimit,
  list_open_accounts,
  my_spendings,
  request_spending,
  SPENDING_KINDS,
  SPENDING_SIDES,
} from '#modules/funds/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const { accounts, categories } = await seeAllowed(visit, list_open_accounts, {});
  const kind = SPENDING_KINDS.find((one) => one === url.searchParams.get('kind')) ?? 'expense';
  return {
    ...{ kind, kinds: SPENDING_KINDS, accounts, categories, sides: SPENDING_SIDES[kind] },
    mine: await see(visit, my_spendings, {}),
    limit_fen: approvalLimit(visit.community.settings),
    title: locale(visit, 'funds.request_spending'),
  };
};

export const actions = {
  default: async (event: RequestEvent) => {
    const { visit } = event.locals;
    const form = await event.request.formData();
    let file_hashes: string[] = [];
    let id: string;
    try {
      file_hashes = await photosFrom(form, visit);
      const answer = await act(
        visit,
        request_spending,
        {
          ...{ kind: text(form, 'kind'), amount_fen: amountFrom(form, 'amount_fen'), purpose: text(form, 'purpose') },
          ...{ debit_account_id: text(form, 'debit_account_id'), credit_account_id: text(form, 'credit_account_id') },
          ...{ category: text(form, 'category'), payee_name: text(form, 'payee_name'), file_hashes },
          ...{ is_payee_public: form.has('is_payee_public'), is_photo_public: form.has('is_photo_public') },
        },
        text(form, 'command_id'),
      );
      id = answer.id;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Photos that have arrived are kept, by their hashes, for the next try.
      const values: Record<string, string> = { ...valuesOf(form), photo_hash: file_hashes.join(' ') };
      return fail(400, { problems: problemsOf(visit, error), values });
    }
    redirect(303, `/funds/spendings/${id}`);
  },
};
