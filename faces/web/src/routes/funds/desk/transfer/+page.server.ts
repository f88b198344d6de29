import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { amountFrom, demandSure, seeAllowed } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { list_open_accounts, my_rights, post_transfers } from '#modules/funds/index.ts';

/** What a treasurer writes by hand; gifts, spendings and reversals have pages of their own. */
const KINDS = ['allocation', 'opening', 'grant', 'return', 'refund', 'interest', 'fee'] as const;

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!(await see(visit, my_rights, {})).post) error(404, 'not_found');
  return {
    ...(await seeAllowed(visit, list_open_accounts, {})),
    kinds: KINDS,
    title: locale(visit, 'funds.transfers.new'),
  };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        demandSure(form);
        const transfer = {
          ...{ kind: KINDS.find((one) => one === text(form, 'kind')), flow: form.has('held') ? 'pending' : 'posted' },
          ...{ credit_account_id: text(form, 'credit_account_id'), debit_account_id: text(form, 'debit_account_id') },
          ...{ amount_fen: amountFrom(form, 'amount_fen'), reason: text(form, 'reason') ?? null },
          category: text(form, 'category') ?? null,
        };
        return act(visit, post_transfers, { transfers: [transfer] }, text(form, 'command_id'));
      },
      ({ ids }) => `/funds/transfers/${ids[0]}`,
    ),
};
