import QRCode from 'qrcode';
import { inThread } from './in_thread.ts';

export type Poster = { names: Record<string, string>; code: string };
export type PosterWish = { community: Record<string, string>; base_url: string; posters: Poster[] };

const MOST = 200;

/**
 * A4 posters in black and white, one a building: what to do, a QR code, the short code and the address in words, in both
 * languages. Made in a thread of its own.
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
  return inThread('sheet_thread', { kind: 'posters', data: { community, pages } }, 512);
}
