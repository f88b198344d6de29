import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { proofOf, seeThe } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { my_rights, show_receipt } from '#modules/funds/index.ts';
import { capitalYuan } from '#platform/money.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const { donor_id: _donor, ...gift } = await seeThe(event, show_receipt, { id: event.params.id });
  return {
    gift,
    capital: gift.amount_fen ? capitalYuan(gift.amount_fen) : null,
    is_new: event.url.searchParams.has('written'),
    may: await see(visit, my_rights, {}),
    proof: await proofOf(visit, gift.id),
    title: locale(visit, 'funds.receipt', { number: gift.number }),
  };
};
