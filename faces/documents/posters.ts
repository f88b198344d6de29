import { Worker } from 'node:worker_threads';
import QRCode from 'qrcode';

export type Poster = { names: Record<string, string>; code: string };
export type PosterWish = { community: Record<string, string>; base_url: string; posters: Poster[] };

const MOST = 200;

/**
 * A4 posters in black and white, one a building: what to do, a QR code, the short code and the address in words, in both
 * languages. Made in a thread of its own: a document takes seconds, and the server answers others meanwhile.
 */
export async function makePosters({ community, base_url, posters }: PosterWish): Promise<Buffer> {
  const pages = await Promise.all(
    posters.slice(0, MOST).map(async ({ names, code }) => {
      const url = `${base_url}/ask?at=${code}`;
      return {
        names,
        code,
        url: url.replace(/^https?:\/\//, ''),
        svg: await QRCode.toString(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 }),
      };
    }),
  );
  return inThread('posters', { community, pages });
}

/** Draws one kind of document in a worker thread and gives back its bytes. */
export function inThread(kind: 'posters' | 'head_notice', data: unknown): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(documentFile()), {
      workerData: { kind, data },
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => code !== 0 && reject(new Error(`the document thread ended with ${code}`)));
  });
}

/** Pages are bundled, so the thread's file is named from the repository, not from beside this one. */
function documentFile(): string {
  return new URL('faces/documents/thread.ts', `file://${process.env.YINGMEN_REPOSITORY ?? process.cwd()}/`).href;
}
