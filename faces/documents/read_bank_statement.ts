import { parse } from 'csv-parse/sync';
import {
  BANK_COLUMNS,
  type BankColumn,
  type BankFormat,
  type BankRow,
  cellText,
  neededColumns,
} from '#modules/funds/index.ts';
import { refuse } from '#platform/refusal.ts';

const LARGEST_BYTES = 16 * 1024 * 1024;
/** Banks write who and when above the table. */
const HEADING_WITHIN = 40;

/** Rows that add the others up, or draw a line under them. */
const SUMS = /^(合计|总计|小计|共计|本页|总笔数|total|sum|#|-{3,}|={3,})/i;

export type ReadStatement = { format: string; rows: BankRow[] };

/**
 * Reads a bank statement as CSV: the first row within 40 that has the headings of a format begins its table, and the format
 * with the most headings there is the one. Rows that are empty or add the others up are left out. Refuses `file_large`, `file_empty`,
 * `file_broken` with the line, `bank_format_unknown`.
 */
export function readBankStatement(bytes: Buffer, formats: readonly BankFormat[], wanted?: string): ReadStatement {
  if (bytes.length > LARGEST_BYTES) refuse('file_large', { megabytes: LARGEST_BYTES / 1024 / 1024 }, { field: 'file' });
  if (bytes.length === 0) refuse('file_empty', {}, { field: 'file' });
  const tried = formats.filter((one) => !wanted || one.code === wanted);
  const texts = new Map<string, Line[]>();
  let best: { format: BankFormat; heading: Line; at: Map<BankColumn, number>; lines: Line[] } | undefined;
  for (const format of tried) {
    const lines = texts.get(format.encoding) ?? readLines(decode(bytes, format.encoding));
    texts.set(format.encoding, lines);
    for (const heading of lines.slice(0, HEADING_WITHIN)) {
      const at = columnsOf(heading.cells, format);
      if (!neededColumns(format).every((name) => at.has(name))) continue;
      if (!best || at.size > best.at.size) best = { format, heading, at, lines };
      break;
    }
  }
  if (!best) return refuse('bank_format_unknown', {}, { field: 'format' });
  const { format, heading, at, lines } = best;
  const rows = lines
    .filter(({ line }) => line > heading.line)
    .map(({ line, cells }) => ({
      line,
      ...Object.fromEntries([...at].map(([name, index]) => [name, (cells[index] ?? '').slice(0, 500)])),
    }))
    .filter((row: BankRow) => !SUMS.test(cellText(row.day ?? '')))
    .filter((row: BankRow) => BANK_COLUMNS.some((name) => cellText(row[name] ?? '') !== ''));
  if (rows.length === 0) refuse('file_empty', {}, { field: 'file' });
  return { format: format.code, rows };
}

/** Where each column of a format stands in a heading row; each heading is used once. */
function columnsOf(cells: readonly string[], format: BankFormat): Map<BankColumn, number> {
  const plain = (text: string) => cellText(text).normalize('NFKC').toLowerCase();
  const headings = cells.map(plain);
  const at = new Map<BankColumn, number>();
  for (const name of BANK_COLUMNS) {
    const words = (format.headings[name] ?? []).map(plain);
    const index = headings.findIndex((heading, i) => words.includes(heading) && ![...at.values()].includes(i));
    if (index >= 0) at.set(name, index);
  }
  return at;
}

function decode(bytes: Buffer, encoding: BankFormat['encoding']): string {
  const begins = bytes.subarray(0, 2).toString('hex');
  const tried = begins === 'fffe' ? ['utf-16le'] : encoding === 'auto' ? ['utf-8', 'gb18030'] : [encoding];
  for (const one of tried)
    try {
      return new TextDecoder(one, { fatal: true }).decode(bytes);
    } catch {
      // Another encoding may be the one.
    }
  return refuse('bank_encoding_wrong', {}, { field: 'file' });
}

type Line = { line: number; cells: string[] };

function readLines(text: string): Line[] {
  const first = text.slice(0, 4_000);
  const delimiter = [',', '\t', ';'].reduce((a, b) => (first.split(b).length > first.split(a).length ? b : a));
  try {
    const rows = parse(text, {
      ...{ bom: true, relax_column_count: true, skip_empty_lines: true, info: true, delimiter, relax_quotes: true },
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    const { lines, column } = error as { lines?: number; column?: number };
    return refuse('file_broken', {}, { line: lines ?? 1, column: typeof column === 'number' ? column + 1 : 1 });
  }
}
