import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { refuseInWords } from '#platform/refuse_in_words.ts';

/** A row of a table by its column names, with the line it stands on in the file and where its columns stand (from 1). */
export type TableRow = { line: number; cells: Record<string, string>; columns: Record<string, number> };

const LARGEST_BYTES = 64 * 1024 * 1024;

/**
 * Reads a table with a heading row from CSV (UTF-8) or XLSX (first sheet). `columns` names each wanted column by the words
 * it may be headed with; a needed one that is missing is refused with the words that would do.
 */
export async function readTable(
  file: string,
  columns: Record<string, { words: string[]; needed: boolean }>,
): Promise<TableRow[]> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) =>
    refuseInWords('file_unreadable', `${file} cannot be read (${error.code}).`),
  );
  if (bytes.length > LARGEST_BYTES) refuseInWords('file_large', `${file} is larger than 64 MB; split it.`);
  const lines = bytes.subarray(0, 2).toString('latin1') === 'PK' ? await readXlsx(file, bytes) : readCsv(file, bytes);
  const [heading, ...rest] = lines;
  if (!heading) refuseInWords('file_empty', `${file} has no rows.`);
  const at = new Map<string, number>();
  for (const [name, { words, needed }] of Object.entries(columns)) {
    const index = heading.cells.findIndex((cell) => words.includes(cell.trim().toLowerCase()));
    if (index >= 0) at.set(name, index);
    else if (needed)
      refuseInWords('column_missing', `${file} has no column headed ${words.join(' or ')}.`, { line: heading.line });
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

function readCsv(file: string, bytes: Buffer): Line[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const rows = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    const { lines, column, message } = error as { lines?: number; column?: number; message: string };
    return refuseInWords(
      'file_broken',
      `${file} is not a CSV file in UTF-8: ${message}.`,
      lines ? { line: lines, column: typeof column === 'number' ? column + 1 : 1 } : undefined,
    );
  }
}

async function readXlsx(file: string, bytes: Buffer): Promise<Line[]> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  } catch (error) {
    refuseInWords('file_broken', `${file} is not an XLSX file: ${error instanceof Error ? error.message : error}.`);
  }
  const sheet = workbook.worksheets[0] ?? refuseInWords('file_empty', `${file} has no sheet.`);
  const lines: Line[] = [];
  sheet.eachRow((row, line) => {
    const cells: string[] = [];
    for (let i = 1; i <= row.cellCount; i++) cells.push(row.getCell(i).text);
    lines.push({ line, cells });
  });
  return lines;
}
