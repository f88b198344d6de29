import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refuseInWords } from '../refuse_in_words.ts';

const PAUSE_MS = 50;

/**
 * Waits until no other process on this machine holds the lock of `folder`, takes it, and returns the way to give it back.
 * The lock is a listening socket, so the system itself frees it when its holder dies, however it dies. Refused with
 * `folder_in_use` after `patience_ms`.
 */
export async function lockFolder(folder: string, patience_ms: number): Promise<() => Promise<void>> {
  const key = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24);
  const isAbstract = process.platform === 'linux';
  const path = isAbstract ? `\0yingmen-${key}` : join(tmpdir(), `yingmen-${key}.sock`);
  const until = Date.now() + patience_ms;
  for (;;) {
    const release = await listen(path);
    if (release) return release;
    if (!isAbstract && !(await answers(path))) rmSync(path, { force: true });
    if (Date.now() > until) {
      refuseInWords('folder_in_use', `Another process has been preparing ${folder} for too long.`);
    }
    await sleep(PAUSE_MS);
  }
}

function listen(path: string): Promise<(() => Promise<void>) | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => resolve(() => new Promise((closed) => server.close(() => closed()))));
  });
}

/** On systems without abstract sockets a dead holder leaves its file behind; nobody answers on it. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });
}
