import { error, type RequestEvent } from '@sveltejs/kit';
import { stringify } from '#faces/documents/csv.ts';
import { writeXlsx } from '#faces/documents/table.ts';
import { locale } from '#lib/server/locale.ts';
import { statementOf } from '#lib/server/statements.ts';
import { term } from '#lib/server/terms.ts';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
type Row = (string | number)[];

/** The statement of a fund, a project or a donor as a file. */
export async function GET({ locals, params, url }: RequestEvent) {
  const { visit } = locals;
  const format = params.format as keyof typeof TYPES;
  if (!Object.hasOwn(TYPES, format)) error(404, 'not_found');
  const { period, figures, gifts } = await statementOf(visit, url);
  const t = (key: string) => locale(visit, key);
  const uses = await term(visit, 'spending_category');
  let [headings, rows]: [string[], Row[]] = [[], []];
  if (figures) {
    headings = ['what', 'kind', 'category', 'count', 'yuan'].map((one) => t(`books.statements.columns.${one}`));
    rows = [
      [t('funds.opening'), '', period.from_on, '', figures.opening_fen / 100],
      ...figures.moved.map(
        (one): Row => [
          ...[t(one.is_in ? 'books.figures.in' : 'books.figures.out'), t(`funds.kinds.${one.kind}`)],
          ...[one.category ? uses(one.category) : '', one.count, ((one.is_in ? 1 : -1) * one.amount_fen) / 100],
        ],
      ),
      [t('funds.closing'), '', period.until_on, '', figures.closing_fen / 100],
    ];
  } else if (gifts) {
    headings = ['day', 'receipt', 'kind', 'fund', 'only_for', 'description', 'hours', 'yuan'].map((one) =>
      t(`books.statements.columns.${one}`),
    );
    rows = gifts.gifts.map(
      (one): Row => [
        ...[
          one.received_on,
          one.number,
          t(`funds.given_kinds.${one.kind}`),
          one.fund_names?.[visit.locale] ?? '',
          one.line_names?.[visit.locale] ?? '',
          one.description ?? '',
        ],
        ...[one.hours ?? '', one.amount_fen === null ? '' : one.amount_fen / 100],
      ],
    );
  } else error(404, 'not_found');
  const title = t('books.statements.title');
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
