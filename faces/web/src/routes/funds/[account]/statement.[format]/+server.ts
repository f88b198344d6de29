import { error, type RequestEvent } from '@sveltejs/kit';
import { stringify } from '#faces/documents/csv.ts';
import { writeXlsx } from '#faces/documents/table.ts';
import { rangeFrom, seeThe } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { term } from '#lib/server/terms.ts';
import { show_statement } from '#modules/funds/index.ts';
import { clockIn } from '#platform/clock.ts';

const MOST = 20_000;
const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** The statement of an account in a period as a file; one that is too long for a file says so in its last row. */
export async function GET(event: RequestEvent) {
  const { locals, params, url } = event;
  const { visit } = locals;
  const format = params.format as keyof typeof TYPES;
  if (!Object.hasOwn(TYPES, format)) error(404, 'not_found');
  const t = (key: string) => locale(visit, key);
  const { from, until } = rangeFrom(url, visit.community.time_zone);
  const names = await term(visit, 'spending_category');
  const rows: (string | number)[][] = [];
  let title = '';
  let before: { at: Date; sequence: string } | undefined;
  do {
    const page = await seeThe(event, show_statement, { account_id: params.account, from, until, before, limit: 1000 });
    title ||= page.account.names[visit.locale];
    for (const line of page.lines)
      rows.push([
        ...[
          clockIn(visit.community.time_zone, line.at).replace('T', ' '),
          t(`funds.kinds.${line.kind}`),
          line.spending?.purpose ?? line.gift?.number ?? '',
        ],
        ...[line.other_names?.[visit.locale] ?? '', line.category ? names(line.category) : ''],
        ...[((line.is_increase ? 1 : -1) * line.amount_fen) / 100, line.balance_fen / 100, line.id],
      ]);
    before = page.next ?? undefined;
  } while (before && rows.length < MOST);
  if (before) rows.push([t('funds.statements.cut'), '', '', '', '', '', '', '']);
  const columns = ['day', 'kind', 'what', 'other_side', 'category', 'in_or_out', 'balance', 'transfer'];
  const headings = columns.map((one) => t(`funds.statements.columns.${one}`));
  const file =
    format === 'csv' ? stringify([headings, ...rows]) : new Uint8Array(await writeXlsx(title, headings, rows));
  return new Response(file, {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="statement.${format}"`,
      'cache-control': 'no-store',
    },
  });
}
