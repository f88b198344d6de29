import { readFile } from 'node:fs/promises';
import { sentencesOf } from '#faces/api/sentences.ts';
import { type Columns, readTable as readBytes, type TableRow } from '#faces/documents/read_table.ts';
import { Refusal } from '#platform/refusal.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';

export type { TableRow } from '#faces/documents/read_table.ts';

/** A file of this machine, or a refusal that says why it cannot be read. */
export function readBytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) =>
    refuseInWords('file_unreadable', `${file} cannot be read (${error.code}).`),
  );
}

/** Reads a table from a CSV or XLSX file; what is wrong with it is said in words, with the file's name. */
export async function readTable(file: string, columns: Columns): Promise<TableRow[]> {
  const bytes = await readBytesOf(file);
  return readBytes(bytes, columns).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    const [sentence = ''] = sentencesOf(error, 'en');
    return refuseInWords(error.code, `${file}: ${sentence.replace(/^\w+: /, '')}`, error.where);
  });
}
