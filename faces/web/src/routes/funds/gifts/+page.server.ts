import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { idFrom, periodFrom } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { list_gifts, show_ledger } from '#modules/funds/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const fund_id = idFrom(url, 'fund');
  const period = periodFrom(url);
  const { funds, years } = await see(visit, show_ledger, {});
  return {
    ...(await see(visit, list_gifts, { fund_id, period, before: idFrom(url, 'before') })),
    chosen: { fund: fund_id ?? '', period: period ?? '' },
    funds: funds.map(({ id, names }) => ({ id, names })),
    years,
    title: locale(visit, 'funds.gifts.title'),
  };
};
