import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type CheckVerdict, startCheck } from '#engines/merkle_log/index.ts';
import { sha256 } from '#platform/crypto.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';

/** Checks an exported log with nothing but the file, and a head that somebody kept when there is one. Reads line by line. */
export async function verifyExport(file: string, kept_head?: string): Promise<CheckVerdict> {
  const reader = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  const check = startCheck({ kept_head, hash: sha256 });
  try {
    for await (const text of reader) check.line(text);
    return check.verdict();
  } catch (error) {
    const { code, line = 0 } = error as { code?: string; line?: number };
    if (code === 'file_broken')
      refuseInWords('file_broken', `${file} is no exported log, or is broken in line ${line}.`, { line });
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      refuseInWords('file_unreadable', `${file} cannot be read (${code}).`);
    throw error;
  }
}
