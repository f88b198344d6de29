import sharp from 'sharp';
import type { Community } from '#platform/context.ts';
import { sha256 } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { saveFile } from '#platform/file.store.ts';
import { refuse } from '#platform/refusal.ts';

const LARGEST_BYTES = 20 * 1024 * 1024;
const LARGEST_PIXELS = 80_000_000;
const SIDE_PIXELS = 2048;
const THUMBNAIL_PIXELS = 360;
const PATIENCE_SECONDS = 20;

// One picture is worked on by one thread, and nothing is kept between pictures: memory stays small.
sharp.concurrency(1);
sharp.cache(false);

export type StoredPhoto = { hash: string; width: number; height: number; byte_count: number };
type Owner = { environment: Environment; community: Community; actor: { id: string } };

/**
 * Takes an uploaded photo: JPEG, PNG, WebP or HEIC by its bytes, not its name. It is drawn anew without metadata (place,
 * camera, time), at most 2048 pixels a side, and kept under the hash of what is kept, with a thumbnail.
 *
 * Refuses `photo_empty`, `photo_large`, `photo_kind`, `photo_pixels`, `photo_broken`.
 */
export async function storePhoto({ environment, community, actor }: Owner, bytes: Uint8Array): Promise<StoredPhoto> {
  const where = { field: 'photos' };
  if (bytes.length === 0) refuse('photo_empty', {}, where);
  if (bytes.length > LARGEST_BYTES) refuse('photo_large', { megabytes: LARGEST_BYTES / 1024 / 1024 }, where);
  const kind = kindOf(bytes);
  if (!kind) refuse('photo_kind', {}, where);
  const image =
    kind === 'heic'
      ? await openHeic(bytes)
      : sharp(bytes, { limitInputPixels: LARGEST_PIXELS, failOn: 'error', pages: 1 });
  try {
    const size = await image.metadata();
    if ((size.width ?? 0) * (size.height ?? 0) > LARGEST_PIXELS) refuse('photo_pixels', {}, where);
    const drawn = image.timeout({ seconds: PATIENCE_SECONDS }).rotate();
    const kept = await drawn
      .clone()
      .resize({ width: SIDE_PIXELS, height: SIDE_PIXELS, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
    const thumbnail = await sharp(kept.data)
      .resize({ width: THUMBNAIL_PIXELS, height: THUMBNAIL_PIXELS, fit: 'cover' })
      .webp({ quality: 70 })
      .toBuffer();
    const hash = sha256(kept.data).toString('hex');
    await environment.files.put(hash, kept.data);
    await environment.files.put(`${hash}-thumb`, thumbnail);
    const { width, height } = kept.info;
    const photo = { hash, width, height, byte_count: kept.data.length };
    await saveFile(environment, community, { ...photo, media_type: 'image/webp', uploaded_by_id: actor.id });
    return photo;
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal') throw error;
    if (/pixel limit/i.test(String(error))) refuse('photo_pixels', {}, where);
    refuse('photo_broken', {}, where);
  }
}

/** By the first bytes: what a file is called, or says it is, counts for nothing. */
export function kindOf(bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | 'heic' | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.slice(4, 8) === 'ftyp' && /^(heic|heix|heif|hevc|mif1|msf1)/.test(head.slice(8, 12))) return 'heic';
  return null;
}

async function openHeic(bytes: Uint8Array) {
  const { default: decode } = await import('heic-decode');
  try {
    const [first] = await decode.all({ buffer: bytes });
    if (!first || first.width * first.height > LARGEST_PIXELS) refuse('photo_pixels', {}, { field: 'photos' });
    const { width, height, data } = await first.decode();
    return sharp(Buffer.from(data), { raw: { width, height, channels: 4 } });
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal') throw error;
    refuse('photo_broken', {}, { field: 'photos' });
  }
}
