import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { open, seal } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { isId, newId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

const WAITS_MS = 3_600_000;

/**
 * Keeps an uploaded file between a rehearsal and the import itself: sealed, for whoever brought it, at most an hour.
 * Answers the word by which `takeWaiting` finds it. What has waited longer is thrown away with the next one.
 */
export async function keepWaiting(environment: Environment, owner_id: string, bytes: Buffer): Promise<string> {
  const folder = folderOf(environment);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await forgetOld(folder);
  const word = newId();
  const sealed = seal(environment.keys, placeOf(word, owner_id), bytes.toString('base64'));
  await writeFile(join(folder, word), sealed, { mode: 0o600 });
  return word;
}

/** Takes a waiting file out; refused as `waiting_gone` when it is not there, too old, or another's. */
export async function takeWaiting(environment: Environment, owner_id: string, word: string): Promise<Buffer> {
  if (!isId(word)) refuse('waiting_gone');
  const path = join(folderOf(environment), word);
  try {
    return Buffer.from(open(environment.keys, placeOf(word, owner_id), await readFile(path)), 'base64');
  } catch {
    return refuse('waiting_gone');
  }
}

export async function dropWaiting(environment: Environment, word: string): Promise<void> {
  if (isId(word)) await rm(join(folderOf(environment), word), { force: true });
}

async function forgetOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > WAITS_MS) await rm(join(folder, name), { force: true });
  }
}

const folderOf = ({ data_dir }: Environment) => join(data_dir, 'waiting');
const placeOf = (word: string, owner_id: string) => `waiting/${owner_id}/${word}`;
