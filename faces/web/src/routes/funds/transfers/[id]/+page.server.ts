import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, text } from '#lib/server/act.ts';
import { amountFrom, demandSure, proofOf, seeThe } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { post_pending, reverse_transfer, show_transfer, void_pending } from '#modules/funds/index.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const transfer = await seeThe(event, show_transfer, { id: event.params.id });
  return { transfer, proof: await proofOf(visit, transfer.id), title: locale(visit, 'funds.transfers.one') };
};

const onTo = ({ id }: { id: string }) => `/funds/transfers/${id}`;

export const actions = {
  reverse: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        demandSure(form);
        const wanted = { transfer_id: event.params.id, reason: text(form, 'reason') };
        return act(visit, reverse_transfer, wanted, text(form, 'command_id'));
      },
      onTo,
    ),
  post: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) =>
        act(
          visit,
          post_pending,
          { pending_id: event.params.id, amount_fen: amountFrom(form, 'amount_fen') },
          text(form, 'command_id'),
        ),
      onTo,
    ),
  let_go: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        demandSure(form);
        const wanted = { pending_id: event.params.id, reason: text(form, 'reason') };
        return act(visit, void_pending, wanted, text(form, 'command_id'));
      },
      onTo,
    ),
};
