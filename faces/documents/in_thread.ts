import { Worker } from 'node:worker_threads';

/** The file of a thread beside this one. Pages are bundled, so it is named from the repository. */
export const threadFile = (name: string): URL =>
  new URL(`faces/documents/${name}.ts`, `file://${process.env.YINGMEN_REPOSITORY ?? process.cwd()}/`);

/** Draws one document in a thread of its own, since that takes seconds and the server answers others meanwhile; gives its bytes. */
export function inThread(name: string, data: unknown, most_mb = 256): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(threadFile(name), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: most_mb },
    });
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => code !== 0 && reject(new Error(`the document thread ended with ${code}`)));
  });
}
