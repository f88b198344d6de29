import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { categoryFrom, idFrom, periodFrom } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { list_spendings, show_ledger } from '#modules/funds/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const known = categoryFrom(url);
  const period = periodFrom(url);
  const chosen = { fund_id: idFrom(url, 'fund'), account_id: idFrom(url, 'account') };
  const { funds, years } = await see(visit, show_ledger, {});
  return {
    ...(await see(visit, list_spendings, { ...chosen, category: known, period, before: idFrom(url, 'before') })),
    chosen: {
      fund: chosen.fund_id ?? '',
      account: chosen.account_id ?? '',
      category: known ?? '',
      period: period ?? '',
    },
    funds: funds.map(({ id, names }) => ({ id, names })),
    years,
    title: locale(visit, 'funds.spendings.title'),
  };
};
