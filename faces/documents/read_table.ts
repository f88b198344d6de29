import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { refuse } from '#platform/refusal.ts';

/** A row of a table by its column names, with the line it stands on in the file and where its columns stand (from 1). */
export type TableRow = { line: number; cells: Record<string, string>; columns: Record<string, number> };
export type Columns = Record<string, { words: string[]; needed: boolean }>;

export const LARGEST_BYTES = 64 * 1024 * 1024;

/**
 * Reads a table with a heading row from the bytes of a CSV (UTF-8) or XLSX (first sheet). `columns` names each wanted
 * column by the words it may be headed with. Refuses `file_large`, `file_empty`, `file_broken` with the line, and
 * `column_missing` with the words that would do.
 */
export async function readTable(bytes: Buffer, columns: Columns): Promise<TableRow[]> {
  if (bytes.length > LARGEST_BYTES) refuse('file_large', { megabytes: LARGEST_BYTES / 1024 / 1024 });
  const lines = bytes.subarray(0, 2).toString('latin1') === 'PK' ? await readXlsx(bytes) : readCsv(bytes);
  const [heading, ...rest] = lines;
  if (!heading) refuse('file_empty');
  const at = new Map<string, number>();
  for (const [name, { words, needed }] of Object.entries(columns)) {
    const index = heading.cells.findIndex((cell) => words.includes(cell.trim().toLowerCase()));
    if (index >= 0) at.set(name, index);
    else if (needed) refuse('column_missing', { words: words.join(' / ') }, { line: heading.line, field: name });
  }
  const columnsAt = Object.fromEntries([...at].map(([name, index]) => [name, index + 1]));
  return rest
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries([...at].map(([name, index]) => [name, (cells[index] ?? '').trim()])),
      columns: columnsAt,
    }));
}

type Line = { line: number; cells: string[] };

function readCsv(bytes: Buffer): Line[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const rows = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    const { lines, column } = error as { lines?: number; column?: number };
    return refuse('file_broken', {}, { line: lines ?? 1, column: typeof column === 'number' ? column + 1 : 1 });
  }
}

async function readXlsx(bytes: Buffer): Promise<Line[]> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  } catch {
    refuse('file_broken', {}, { line: 1 });
  }
  const sheet = workbook.worksheets[0] ?? refuse('file_empty');
  const lines: Line[] = [];
  sheet.eachRow((row, line) => {
    const cells: string[] = [];
    for (let i = 1; i <= row.cellCount; i++) cells.push(row.getCell(i).text);
    lines.push({ line, cells });
  });
  return lines;
}
