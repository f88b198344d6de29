import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { categoryFrom, idFrom, periodFrom } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { spreadsheetOf } from '#lib/server/spreadsheet.ts';
import { term } from '#lib/server/terms.ts';
import { list_spendings } from '#modules/funds/index.ts';
import { dateIn } from '#platform/clock.ts';

/** The spendings as the filters stand, as a spreadsheet. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  const t = (key: string) => locale(visit, key);
  const names = await term(visit, 'spending_category');
  const by = {
    ...{ fund_id: idFrom(url, 'fund'), account_id: idFrom(url, 'account'), category: categoryFrom(url) },
    ...{ period: periodFrom(url), limit: 1000 },
  };
  const keys = ['day', 'purpose', 'category', 'taken_from', 'payee_name', 'amount', 'count', 'spendings.reversed'];
  const headings = keys.map((key) => t(`funds.${key}`));
  const sheet = { name: t('funds.spendings.title'), file_name: 'spendings', headings, cut: t('funds.statements.cut') };
  return spreadsheetOf(sheet, async (before) => {
    const { spendings, next } = await see(visit, list_spendings, { ...by, before });
    const rows = spendings.map((one) => [
      ...[one.decided_at ? dateIn(visit.community.time_zone, one.decided_at) : '', one.purpose, names(one.category)],
      ...[one.from_names?.[visit.locale] ?? t('funds.statements.in_hand'), one.payee_name ?? t('funds.hidden_payee')],
      ...[one.amount_fen / 100, one.receipt_count, one.is_reversed ? t('web.yes') : ''],
    ]);
    return { rows, next };
  });
}
