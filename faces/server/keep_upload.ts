import { write_upload } from '#modules/visits/index.ts';
import { perform } from '#platform/command.ts';
import { sha256 } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { storePhoto } from './photos.ts';
import type { Visit } from './visit.ts';
import { storeVoice } from './voice.ts';

/** Keeps a whole file of a visit: its own hash names it from now on. A file that is refused is so for good. */
export async function keepUpload(environment: Environment, visit: Visit, kind: 'photo' | 'voice', bytes: Uint8Array) {
  const source_hash = sha256(bytes).toString('hex');
  const upload = { source_hash, kind, byte_count: bytes.length };
  try {
    const stored = kind === 'photo' ? await storePhoto(visit, bytes) : await storeVoice(visit, bytes);
    await perform(environment, callerOf(visit), write_upload, { ...upload, file_hash: stored.hash });
    return { source_hash, file_hash: stored.hash };
  } catch (error) {
    const refusal = error as Error & { code?: string };
    if (refusal.name !== 'Refusal') throw error;
    await perform(environment, callerOf(visit), write_upload, { ...upload, refused_as: refusal.code });
    return { source_hash, code: refusal.code };
  }
}

function callerOf(visit: Visit) {
  return { actor: visit.actor, community: visit.community, via: 'phone' };
}
