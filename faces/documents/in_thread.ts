import { Worker } from 'node:worker_threads';
import { atMost } from './at_most.ts';

/** The file of a thread beside this one. Pages are bundled, so it is named from the repository. */
export const threadFile = (name: string): URL =>
  new URL(`faces/documents/${name}.ts`, `file://${process.env.YINGMEN_REPOSITORY ?? process.cwd()}/`);

const THREADS_AT_ONCE = 2;
const one = atMost(THREADS_AT_ONCE);

/**
 * Draws one document in a thread of its own, since that takes seconds and the server answers others meanwhile; gives its bytes.
 * Everybody may ask for some of them, so only a few are drawn at once, whose memory there is; the others wait.
 */
export const inThread = (name: string, data: unknown, most_mb = 256): Promise<Buffer> =>
  one(() => drawn(name, data, most_mb));

function drawn(name: string, data: unknown, most_mb: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(threadFile(name), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: most_mb },
    });
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    // After the message, if there was one.
    worker.once('exit', (code) => reject(new Error(`the document thread ended with ${code}`)));
  });
}
