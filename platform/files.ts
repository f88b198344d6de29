import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from './ids.ts';

/** Bytes by the hash of their content. What is stored once is never changed. */
export type FileStore = {
  put(hash: string, bytes: Uint8Array): Promise<void>;
  get(hash: string): Promise<Buffer>;
};

const HASH = /^[0-9a-f]{64}(-[a-z0-9]{1,20})?$/;

/** Keeps files below a folder, two levels deep by their hash; written beside and renamed, so none is ever half there. */
export function diskFiles(folder: string): FileStore {
  const pathOf = (hash: string) => {
    if (!HASH.test(hash)) throw new Error('not a file hash');
    return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  };
  return {
    async put(hash, bytes) {
      const path = pathOf(hash);
      await mkdir(join(path, '..'), { recursive: true });
      const part = `${path}.${newId()}`;
      await writeFile(part, bytes, { mode: 0o640, flush: true });
      await rename(part, path);
    },
    get: (hash) => readFile(pathOf(hash)),
  };
}
