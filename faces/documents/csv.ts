/**
 * Rows as CSV (RFC 4180: CRLF, quotes doubled), in UTF-8 with a byte order mark, so that spreadsheets read Chinese. A text
 * that a spreadsheet would take for a formula is given a quote in front.
 */
export function stringify(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    const text =
      value === null ? '' : typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
