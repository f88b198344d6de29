import { Worker } from 'node:worker_threads';

export type FileSection = { heading: string; lines: string[] };

/** My file on paper: headings and lines on A4, drawn in a thread of its own. */
export function drawFile(title: string, sections: FileSection[]): Promise<Buffer> {
  const file = new URL('faces/documents/file_thread.ts', `file://${process.env.YINGMEN_REPOSITORY ?? process.cwd()}/`);
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, {
      workerData: { title, sections },
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => code !== 0 && reject(new Error(`the document thread ended with ${code}`)));
  });
}
