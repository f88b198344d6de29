import { storePaper } from '#faces/server/papers.ts';
import { storePhoto } from '#faces/server/photos.ts';
import type { Visit } from '#faces/server/visit.ts';
import { refuse } from '#platform/refusal.ts';

const MOST = 6;

/** Photos of a form: those kept from an earlier try, by their hash, and those sent now. */
export const photosFrom = (form: FormData, visit: Visit): Promise<string[]> =>
  filesFrom(form, async (bytes) => storePhoto(visit, bytes));

/** Photos and documents of a form, likewise. */
export const evidenceFrom = (form: FormData, visit: Visit): Promise<string[]> =>
  filesFrom(form, (bytes) => storePaper(visit, bytes, 'photos'));

async function filesFrom(form: FormData, store: (bytes: Uint8Array) => Promise<{ hash: string }>): Promise<string[]> {
  const hashes = form
    .getAll('photo_hash')
    .flatMap((hashes) => (typeof hashes === 'string' ? hashes.split(' ') : []))
    .filter((hash) => /^[0-9a-f]{64}$/.test(hash));
  const files = form.getAll('photos').filter((file): file is File => file instanceof File && file.size > 0);
  if (hashes.length + files.length > MOST) refuse('too_large', { limit: MOST }, { field: 'photos' });
  // One after the other: a picture is large while it is worked on.
  for (const file of files) hashes.push((await store(new Uint8Array(await file.arrayBuffer()))).hash);
  return hashes;
}
