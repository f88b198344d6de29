import { Worker } from 'node:worker_threads';
import { threadFile } from './in_thread.ts';

export type LetterPage = {
  position: number;
  titles: Record<string, string>;
  texts: Record<string, string>;
  addresses: Record<string, string>;
  until: Record<string, string>;
  community: Record<string, string>;
  url: string;
  printed_code: string;
};

const PART_BYTES = 1024 * 1024;

/**
 * A4 letters in black and white, a page each, drawn in a thread of its own and given to `write` in parts of about a
 * megabyte while they are drawn: neither the pages nor the file are ever whole in memory. Answers how many there were.
 */
export async function drawLetters(
  batches: AsyncIterable<LetterPage[]>,
  write: (bytes: Uint8Array) => Promise<void>,
  progress: (done: number) => Promise<void> = async () => {},
): Promise<number> {
  const worker = new Worker(threadFile('letters_thread'), { resourceLimits: { maxOldGenerationSizeMb: 256 } });
  const parts = partsOf(write);
  const failed = new Promise<never>((_resolve, reject) => worker.once('error', reject));
  failed.catch(() => {});
  const ask = (message: unknown): Promise<Uint8Array[]> => {
    const answer = new Promise<Uint8Array[]>((resolve) => worker.once('message', resolve));
    worker.postMessage(message);
    return Promise.race([failed, answer]);
  };
  let done = 0;
  try {
    for await (const pages of batches) {
      await parts.take(await ask({ pages }));
      done += pages.length;
      await progress(done);
    }
    await parts.take(await ask({ end: true }));
    await parts.flush();
    return done;
  } finally {
    await worker.terminate();
  }
}

function partsOf(write: (bytes: Uint8Array) => Promise<void>) {
  let waiting: Uint8Array[] = [];
  let size = 0;
  const flush = async () => {
    if (size > 0) await write(Buffer.concat(waiting));
    [waiting, size] = [[], 0];
  };
  return {
    async take(chunks: Uint8Array[]) {
      for (const chunk of chunks) {
        waiting.push(chunk);
        size += chunk.length;
        if (size >= PART_BYTES) await flush();
      }
    },
    flush,
  };
}
