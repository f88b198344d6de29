import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { periodFrom } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { my_rights, show_ledger } from '#modules/funds/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const period = periodFrom(url);
  return {
    ledger: await see(visit, show_ledger, { period }),
    period: period ?? '',
    may: await see(visit, my_rights, {}),
    wide: true,
    title: locale(visit, 'funds.title'),
    description: locale(visit, 'funds.lead'),
  };
};
