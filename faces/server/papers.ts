import { sha256 } from '#platform/crypto.ts';
import { saveFile } from '#platform/file.store.ts';
import { refuse } from '#platform/refusal.ts';
import { kindOf, storePhoto } from './photos.ts';
import type { Visit } from './visit.ts';

const LARGEST_BYTES = 10 * 1024 * 1024;
/** Readers look for the end of a PDF in its last kilobyte (ISO 32000-1, annex H.3). */
const END_WITHIN_BYTES = 1024;

/**
 * Keeps a paper of a meeting or of a project: a PDF by its bytes, not its name, as it is; a picture as every photo, drawn anew.
 *
 * Refuses `not_found` for visitors, who can use none, `paper_large`, `paper_kind` and what `storePhoto` refuses.
 */
export async function storePaper(visit: Visit, bytes: Uint8Array, field = 'file'): Promise<{ hash: string }> {
  const where = { field };
  if (visit.actor.kind === 'visitor') refuse('not_found', {}, where);
  if (bytes.length > LARGEST_BYTES) refuse('paper_large', { megabytes: LARGEST_BYTES / 1024 / 1024 }, where);
  if (kindOf(bytes)) return storePhoto(visit, bytes);
  if (!isPdf(bytes)) refuse('paper_kind', {}, where);
  const hash = sha256(bytes).toString('hex');
  const file = { hash, media_type: 'application/pdf', byte_count: bytes.length, width: null, height: null };
  await visit.environment.files.put(hash, bytes);
  await saveFile(visit.environment, visit.community, { ...file, uploaded_by_id: visit.actor.id });
  return { hash };
}

function isPdf(bytes: Uint8Array): boolean {
  const text = (from: number, to?: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  return text(0, 5) === '%PDF-' && text(-END_WITHIN_BYTES).includes('%%EOF');
}
