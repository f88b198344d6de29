import { hashOf } from './ids.ts';
import { all, change, type FileRow } from './store.ts';
import { openBytes, sealBytes } from './vault.ts';

const PART_BYTES = 256 * 1024;
const LONGEST_EDGE = 1280;
const QUALITY = 0.7;
const MOST_BROKEN = 3;

/** Draws a picture as small as is enough to see what is wrong; one that the browser cannot read goes as it is. */
async function shrink(file: Blob): Promise<ArrayBuffer> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return file.arrayBuffer();
  const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
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

type Call = (path: string, how?: RequestInit) => Promise<Response>;

/** Sends the files of visits that the server holds, each from where it left off. */
export async function sendFiles(call: Call, progress: () => void): Promise<void> {
  const held = new Set((await all('visits')).filter((row) => row.state === 'accepted').map((row) => row.id));
  for (const row of await all('files')) {
    if (row.state === 'waiting' && row.sealed && held.has(row.visit_id)) await sendFile(row, call, progress);
  }
}

async function sendFile(row: FileRow, call: Call, progress: () => void): Promise<void> {
  const bytes = await openBytes(row.hash, row.sealed!);
  const path = `/sync/uploads/${row.hash}`;
  let offset = Number((await call(path, { method: 'HEAD' })).headers.get('upload-offset')) || 0;
  for (let broken = 0; ; ) {
    const part = bytes.slice(offset, offset + PART_BYTES);
    const headers = {
      'content-type': 'application/octet-stream',
      'upload-kind': row.kind,
      'upload-length': String(bytes.byteLength),
      'upload-offset': String(offset),
    };
    const answer = await call(path, { method: 'PATCH', headers, body: part });
    const told = (await answer.json()) as { offset: number; file_hash?: string; code?: string };
    progress();
    // A part that does not join on, or a whole that came out wrong, is sent again from where the server says.
    if (answer.status === 409 || told.code === 'upload_broken') {
      if (++broken > MOST_BROKEN) throw new Error('broken');
      offset = told.offset;
      continue;
    }
    if (told.file_hash) return written({ ...row, state: 'arrived', sealed: null });
    if (told.code) return written({ ...row, state: 'refused', code: told.code });
    offset = told.offset;
  }
}

const written = (row: FileRow) => change(({ put }) => put('files', row));
