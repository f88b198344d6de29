import { storePaper } from '#faces/server/papers.ts';
import { storePhoto } from '#faces/server/photos.ts';
import type { Visit } from '#faces/server/visit.ts';
import { text } from '#lib/server/act.ts';
import { uploaderOf } from '#platform/file.store.ts';
import { newId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

const MOST = 6;

/** Photos of a form: those kept from an earlier try, by their hash, and those sent now. A visitor's belong to the form. */
export function photosFrom(form: FormData, visit: Visit): Promise<string[]> {
  const id = uploaderOf(visit.actor, visit.community, text(form, 'command_id') ?? newId());
  return filesFrom(form, (bytes) => storePhoto({ ...visit, actor: { id } }, bytes));
}

/** Photos and documents of a form, likewise; visitors send none. */
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
