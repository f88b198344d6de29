import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { idFrom, periodFrom } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { spreadsheetOf } from '#lib/server/spreadsheet.ts';
import { list_gifts } from '#modules/funds/index.ts';

/** The gifts as the filters stand, as a spreadsheet; whoever asked to be hidden is not named. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  const t = (key: string) => locale(visit, key);
  const by = { fund_id: idFrom(url, 'fund'), period: periodFrom(url), limit: 1000 };
  const keys = ['received_on', 'receipts_page.number', 'donor_name', 'receipts_page.kind', 'amount', 'hours'];
  const headings = [...keys, 'description', 'fund', 'gifts.for_this_alone'].map((key) => t(`funds.${key}`));
  const sheet = { name: t('funds.gifts.title'), file_name: 'gifts', headings, cut: t('funds.statements.cut') };
  return spreadsheetOf(sheet, async (before) => {
    const { gifts, next } = await see(visit, list_gifts, { ...by, before });
    const rows = gifts.map((one) => [
      ...[one.received_on, one.number, one.donor_name ?? t('funds.hidden_donor'), t(`funds.given_kinds.${one.kind}`)],
      ...[one.amount_fen === null ? '' : one.amount_fen / 100, one.hours ?? '', one.description ?? ''],
      ...[one.fund_names?.[visit.locale] ?? '', one.line_names?.[visit.locale] ?? ''],
    ]);
    return { rows, next };
  });
}
