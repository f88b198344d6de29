import { PabulibError } from './pabulib_error.ts';

const SEPARATOR = 59; // ;
const QUOTE = 34; // "
const NEWLINE = 10;
const RETURN = 13;

/** One row of a file: its fields, and the offset in the text at which each begins. */
export type Row = { fields: string[]; start: number; line: number };

/**
 * The rows of a text whose fields are separated by semicolons: quotes as in RFC 4180, lines ended by LF, CRLF or CR; empty
 * lines are left out. A quote that is never closed is refused. Linear in the text; one pass, a row at a time.
 */
export function* readRows(text: string): Generator<Row> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const row: Row = { fields: [], start: at, line };
    for (;;) {
      const isQuoted = text.charCodeAt(at) === QUOTE;
      if (isQuoted) {
        const field = readQuoted(text, at, row);
        line += field.lines;
        at = field.end;
        row.fields.push(field.value);
      } else {
        const end = endOfField(text, at);
        row.fields.push(text.slice(at, end));
        at = end;
      }
      if (text.charCodeAt(at) !== SEPARATOR) break;
      at++;
    }
    if (text.charCodeAt(at) === RETURN) at++;
    if (text.charCodeAt(at) === NEWLINE) at++;
    line++;
    if (row.fields.length > 1 || row.fields[0]!.trim() !== '') yield row;
  }
}

function endOfField(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === SEPARATOR || code === NEWLINE || code === RETURN) break;
  }
  return at;
}

/** A field in quotes; what follows its closing quote up to the separator belongs to it, as spreadsheets read it. */
function readQuoted(text: string, start: number, row: Row) {
  let value = '';
  let at = start + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) {
      const { line, column } = placeOf(text, start, row);
      throw new PabulibError('quote_unclosed', 'a quote opens here and is never closed', line, column);
    }
    value += text.slice(at, close);
    at = close + 1;
    if (text.charCodeAt(at) !== QUOTE) break;
    value += '"';
    at++;
  }
  const end = endOfField(text, at);
  value += text.slice(at, end);
  const lines = value.split(/\r\n|\n|\r/).length - 1;
  return { value, end, lines };
}

function placeOf(text: string, offset: number, row: Row): { line: number; column: number } {
  const before = text.slice(row.start, offset).split(/\r\n|\n|\r/);
  return { line: row.line + before.length - 1, column: before.at(-1)!.length + 1 };
}

/** Line and column at which a field of a row begins, found by reading the row again: only refusals need it. */
export function placeOfField(text: string, row: Row, index: number): { line: number; column: number } {
  let at = row.start;
  for (let i = 0; i < index; i++) {
    at = text.charCodeAt(at) === QUOTE ? readQuoted(text, at, row).end : endOfField(text, at);
    at++;
  }
  return placeOf(text, at, row);
}
