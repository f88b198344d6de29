import { parseYuan } from '#platform/money.ts';

/** The columns that a bank statement may have. */
export const BANK_COLUMNS = [
  'day',
  'amount',
  'money_in',
  'money_out',
  'direction',
  'balance',
  'name',
  'reference',
  'note',
] as const;
export type BankColumn = (typeof BANK_COLUMNS)[number];

/** How one bank writes its statements: headings by column, and how days and amounts look. */
export type BankFormat = {
  code: string;
  encoding: 'auto' | 'utf-8' | 'gb18030';
  day_style: 'ymd' | 'dmy' | 'mdy';
  unit: 'yuan' | 'fen';
  headings: Partial<Record<BankColumn, string[]>>;
  in_words: string[];
  out_words: string[];
};

/** A row of a statement as it stands in the file, by column. */
export type BankRow = { line: number } & Partial<Record<BankColumn, string>>;
/** What a row says: positive came in, negative went out. */
export type BankEntry = {
  line: number;
  booked_on: string;
  amount_fen: number;
  balance_fen: number | null;
  name: string;
  reference: string;
  note: string;
};
export type RowProblem = { code: string; field: BankColumn };

const oneOf = <T extends string>(value: unknown, all: readonly T[]): T => all.find((one) => one === value) ?? all[0]!;

/** The format that a term of the vocabulary describes, or null when it has no day or no way to tell amounts. */
export function formatOf(term: { code: string; data: Record<string, unknown> }): BankFormat | null {
  const list = (name: string) => {
    const value = term.data[name];
    return Array.isArray(value) ? value.map(String).filter((one) => one.trim() !== '') : [];
  };
  const headings = Object.fromEntries(BANK_COLUMNS.map((name) => [name, list(name)]).filter(([, all]) => all!.length));
  const hasAmount = headings.amount || (headings.money_in && headings.money_out);
  if (!headings.day || !hasAmount) return null;
  return {
    code: term.code,
    encoding: oneOf(term.data.encoding, ['auto', 'utf-8', 'gb18030'] as const),
    day_style: oneOf(term.data.day_style, ['ymd', 'dmy', 'mdy'] as const),
    unit: oneOf(term.data.unit, ['yuan', 'fen'] as const),
    headings,
    in_words: list('in_words').map(plain),
    out_words: list('out_words').map(plain),
  };
}

/** Which columns have to be there for a heading row to be one of this format. */
export function neededColumns(format: BankFormat): BankColumn[] {
  const { headings } = format;
  if (!headings.amount) return ['day', 'money_in', 'money_out'];
  return headings.direction ? ['day', 'amount', 'direction'] : ['day', 'amount'];
}

const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase();

/** A cell without what exports wrap numbers in, so that spreadsheets leave them alone: tabs and ="…". */
export const cellText = (cell: string): string => {
  const text = cell.replaceAll(/[\t\u00a0\ufeff]/g, ' ').trim();
  return /^="[^"]*"$/.test(text) ? text.slice(2, -1) : text;
};

/** Reads a row by a format. Pure. */
export function readEntry(row: BankRow, format: BankFormat): BankEntry | RowProblem {
  const cell = (name: BankColumn) => cellText(row[name] ?? '');
  const booked_on = readDay(cell('day'), format.day_style);
  if (!booked_on) return { code: 'bank_day_wrong', field: 'day' };
  const amount = readAmount(cell, format);
  if (typeof amount !== 'number') return amount;
  if (amount === 0) return { code: 'bank_amount_none', field: format.headings.amount ? 'amount' : 'money_in' };
  const balance_fen = isNone(cell('balance')) ? null : readFen(cell('balance'), format.unit);
  if (balance_fen === null && !isNone(cell('balance'))) return { code: 'bank_amount_wrong', field: 'balance' };
  const [name, reference, note] = (['name', 'reference', 'note'] as const).map((one) => cell(one).slice(0, 200));
  return {
    line: row.line,
    booked_on,
    amount_fen: amount,
    balance_fen,
    name: name!,
    reference: reference!,
    note: note!,
  };
}

const isNone = (text: string) => text === '' || /^[-–—]+$/.test(text);

function readAmount(cell: (name: BankColumn) => string, format: BankFormat): number | RowProblem {
  const fenOf = (name: BankColumn) => (isNone(cell(name)) ? 0 : readFen(cell(name), format.unit));
  if (!format.headings.amount) {
    const [came, went] = [fenOf('money_in'), fenOf('money_out')];
    if (came === null) return { code: 'bank_amount_wrong', field: 'money_in' };
    if (went === null) return { code: 'bank_amount_wrong', field: 'money_out' };
    if (came !== 0 && went !== 0) return { code: 'bank_amount_twice', field: 'money_out' };
    // What went out is written with a minus by some and without by others.
    return went === 0 ? came : -Math.abs(went);
  }
  const amount = fenOf('amount');
  if (amount === null) return { code: 'bank_amount_wrong', field: 'amount' };
  if (!format.headings.direction) return amount;
  const word = plain(cell('direction'));
  if (format.in_words.includes(word)) return Math.abs(amount);
  if (format.out_words.includes(word)) return -Math.abs(amount);
  return { code: 'bank_direction_wrong', field: 'direction' };
}

/** The largest that a line may be: what one transfer can move. */
const MOST_FEN = 1_000_000_000_000_000;

function readFen(text: string, unit: 'yuan' | 'fen'): number | null {
  const signed = text
    .normalize('NFKC')
    .replace(/^\+\s*/, '')
    .replace(/^([¥￥]?)\s*\+/, '$1');
  const fen = unit === 'fen' ? (/^-?\d{1,15}$/.test(signed) ? Number(signed) : null) : parseYuan(signed);
  return fen === null || Math.abs(fen) > MOST_FEN ? null : fen;
}

/** A day as people and banks write it: 2026-03-04, 2026/3/4, 20260304, 2026年3月4日, with or without a time after it. */
function readDay(text: string, style: BankFormat['day_style']): string | null {
  const day = text.normalize('NFKC').split(/[ T]/)[0]!;
  const joined = /^(\d{4})(\d{2})(\d{2})(\d{6})?$/.exec(day);
  const parts = joined
    ? joined.slice(1, 4)
    : (/^(\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,4})日?$/.exec(day)?.slice(1) ?? null);
  if (!parts) return null;
  const order = joined || style === 'ymd' ? [0, 1, 2] : style === 'dmy' ? [2, 1, 0] : [2, 0, 1];
  const [year, month, date] = order.map((i) => parts[i]!) as [string, string, string];
  if (year.length !== 4 || month.length > 2 || date.length > 2) return null;
  const written = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const at = new Date(`${written}T00:00:00Z`);
  const isDay = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written);
  return isDay && written >= '1990-01-01' && written < '2200-01-01' ? written : null;
}
