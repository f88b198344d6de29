import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { idFrom } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { list_gifts } from '#modules/funds/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const fund_id = idFrom(url, 'fund');
  return {
    ...(await see(visit, list_gifts, { fund_id, before: idFrom(url, 'before') })),
    fund: fund_id ?? '',
    title: locale(visit, 'funds.gifts.title'),
  };
};
