import { sha256 } from '#platform/crypto.ts';
import { saveFile } from '#platform/file.store.ts';
import { refuse } from '#platform/refusal.ts';
import type { Visit } from './visit.ts';

const LARGEST_BYTES = 5 * 1024 * 1024;

/**
 * Keeps a voice note: WebM, Ogg or MP4 by its bytes, not its name, as it is.
 *
 * Refuses `voice_large`, `voice_kind`.
 */
export async function storeVoice(
  { environment, community, actor }: Visit,
  bytes: Uint8Array,
): Promise<{ hash: string }> {
  if (bytes.length > LARGEST_BYTES)
    refuse('voice_large', { megabytes: LARGEST_BYTES / 1024 / 1024 }, { field: 'voice' });
  const media_type = kindOf(bytes);
  if (!media_type) refuse('voice_kind', {}, { field: 'voice' });
  const hash = sha256(bytes).toString('hex');
  await environment.files.put(hash, bytes);
  await saveFile(environment, community, {
    hash,
    media_type,
    byte_count: bytes.length,
    width: null,
    height: null,
    uploaded_by_id: actor.id,
  });
  return { hash };
}

function kindOf(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x1aE\xdf\xa3')) return 'audio/webm';
  if (head.startsWith('OggS')) return 'audio/ogg';
  return head.slice(4, 8) === 'ftyp' ? 'audio/mp4' : null;
}
