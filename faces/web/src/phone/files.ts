import { call } from './call.ts';
import { hashOf } from './ids.ts';
import { all, change, type FileRow } from './store.ts';
import { isOpen, openBytes, sealBytes } from './vault.ts';

/** Small enough to get through a slow way within the patience of one request. */
const PART_BYTES = 128 * 1024;
/** While the server draws one picture anew the way is free for the next. */
const AT_ONCE = 3;
const LONGEST_EDGE = 1024;
const QUALITY = 0.4;
const MOST_BROKEN = 3;

/** Draws a picture as small as is enough to see what is wrong; one that the browser cannot read goes as it is. */
async function shrink(file: Blob): Promise<ArrayBuffer> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return file.arrayBuffer();
  const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  const drawing = canvas.getContext('2d')!;
  // The usual way skips pixels of a large picture: what it leaves is coarse, and as noise it takes more bytes than the fine.
  drawing.imageSmoothingQuality = 'high';
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality: QUALITY });
  // A browser that cannot press into WebP gives PNG, which is many times as large.
  const isWebp = webp.type === 'image/webp';
  const drawn = isWebp ? webp : await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  return drawn.arrayBuffer();
}

/** Puts a photo or a voice note on the phone, sealed, and says under which hash. */
export async function keepFile(file: Blob, kind: 'photo' | 'voice', visit_id: string): Promise<string> {
  const bytes = kind === 'photo' ? await shrink(file) : await file.arrayBuffer();
  const hash = await hashOf(bytes);
  const sealed = await sealBytes(hash, bytes);
  await change(({ put }) =>
    put('files', { hash, visit_id, kind, byte_count: bytes.byteLength, state: 'waiting', sealed }),
  );
  return hash;
}

export async function pictureOf(hash: string, rows: readonly FileRow[]): Promise<string | undefined> {
  const sealed = rows.find((row) => row.hash === hash)?.sealed;
  return sealed ? URL.createObjectURL(new Blob([await openBytes(hash, sealed)])) : undefined;
}

/** Sends the files of visits that the server holds, each from where it left off. */
export async function sendFiles(progress: () => void): Promise<void> {
  const held = new Set((await all('visits')).filter((row) => row.state === 'accepted').map((row) => row.id));
  const rows = (await all('files')).filter((row) => row.state === 'waiting' && row.sealed && held.has(row.visit_id));
  const send = async () => {
    for (let row = rows.shift(); row; row = rows.shift()) await sendFile(row, progress);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
}

async function sendFile(row: FileRow, progress: () => void): Promise<void> {
  const bytes = await openBytes(row.hash, row.sealed!);
  const path = `/sync/uploads/${row.hash}`;
  let offset = 0;
  // Of a file of one part there is nothing to go on with.
  if (bytes.byteLength > PART_BYTES)
    offset = Number((await call(path, { method: 'HEAD' })).headers.get('upload-offset')) || 0;
  for (let broken = 0; ; ) {
    const told = await sendPart(row, bytes, offset);
    progress();
    // A part that does not join on, or a whole that came out wrong, is sent again from where the server says.
    if (told.code === 'upload_gap' || told.code === 'upload_broken') {
      if (++broken > MOST_BROKEN) throw new Error('broken');
    } else if (told.file_hash) return written({ ...row, state: 'arrived', sealed: null });
    else if (told.code) return written({ ...row, state: 'refused', code: told.code });
    offset = told.offset;
  }
}

async function sendPart({ hash, kind }: FileRow, bytes: ArrayBuffer, offset: number) {
  const headers = {
    'content-type': 'application/octet-stream',
    'upload-kind': kind,
    'upload-length': String(bytes.byteLength),
    'upload-offset': String(offset),
  };
  const body = bytes.slice(offset, offset + PART_BYTES);
  const { body: told } = await call(`/sync/uploads/${hash}`, { method: 'PATCH', headers, body });
  return told as { offset: number; file_hash?: string; code?: string };
}

/** Of a phone that was locked or wiped meanwhile nothing is written down. */
async function written(row: FileRow): Promise<void> {
  if (isOpen()) await change(({ put }) => put('files', row));
}
