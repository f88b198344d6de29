import ExcelJS from 'exceljs';

export type Cell = string | number | Date | null;

/** One sheet as an XLSX file: a heading row that stays, a filter, and columns as wide as their words. */
export async function writeXlsx(name: string, headings: string[], rows: Cell[][]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31), {
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  sheet.addRow(headings).font = { bold: true };
  for (const row of rows) sheet.addRow(row.map((cell) => (typeof cell === 'string' ? plainText(cell) : cell)));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: headings.length } };
  headings.forEach((heading, i) => {
    const longest = Math.max(heading.length * 2, ...rows.slice(0, 200).map((row) => String(row[i] ?? '').length));
    const column = sheet.getColumn(i + 1);
    column.width = Math.min(60, longest + 4);
    if (rows.some((row) => row[i] instanceof Date)) column.numFmt = 'yyyy-mm-dd hh:mm';
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** A text that a spreadsheet would take for a formula is kept a text. */
function plainText(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
