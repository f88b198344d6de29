import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { proofOf, seeThe } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { my_rights, show_gift } from '#modules/funds/index.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const { id } = event.params;
  const gift = await seeThe(event, show_gift, { id });
  return {
    gift,
    may: await see(visit, my_rights, {}),
    proof: await proofOf(visit, gift.id),
    title: locale(visit, 'funds.receipt', { number: gift.number }),
  };
};
