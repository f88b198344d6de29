import { keepUpload } from '#faces/server/keep_upload.ts';
import type { Visit } from '#faces/server/visit.ts';
import { refuse } from '#platform/refusal.ts';
import { text } from './act.ts';

const MOST_PHOTOS = 6;

/** What the form of a knock says, as the command wants it. The buttons for “nobody home” and “they said no” send at once. */
export async function visitFrom(form: FormData, visit: Visit, door: { household_id: string; round_id?: string }) {
  const outcome = text(form, 'quick') ?? text(form, 'outcome');
  const photos = await photosOf(form, visit);
  const said = text(form, 'quick') ? undefined : text(form, 'need');
  return {
    ...door,
    id: text(form, 'visit_id'),
    occasion: text(form, 'occasion'),
    outcome,
    companion_id: text(form, 'companion_id'),
    seen: form.getAll('seen'),
    asked: form.getAll('asked'),
    note: text(form, 'note'),
    needs: said ? [needFrom(form, said)] : [],
    photos,
    letter_delivered: form.has('letter_delivered'),
    reply_brought_back: form.has('reply_brought_back'),
    come_again_on: text(form, 'come_again_on'),
  };
}

function needFrom(form: FormData, said: string) {
  const settled = text(form, 'settled') ?? 'passed_on';
  return {
    id: text(form, 'need_id'),
    kind: text(form, 'need_kind') ?? 'need',
    category: text(form, 'category'),
    text: said,
    settled,
    words: text(form, 'words'),
    promised_on: settled === 'promised' ? text(form, 'promised_on') : undefined,
    told_by_id: text(form, 'told_by_id'),
  };
}

/** Photos sent now, and those that a form before kept; each by the hash of what was sent. */
async function photosOf(form: FormData, visit: Visit): Promise<string[]> {
  const kept = (text(form, 'photo_hash') ?? '').split(' ').filter((hash) => /^[0-9a-f]{64}$/.test(hash));
  const files = form.getAll('photos').filter((file): file is File => file instanceof File && file.size > 0);
  if (kept.length + files.length > MOST_PHOTOS) refuse('too_large', { limit: MOST_PHOTOS }, { field: 'photos' });
  for (const file of files) {
    const stored = await keepUpload(visit.environment, visit, 'photo', new Uint8Array(await file.arrayBuffer()));
    if (stored.code) refuse(stored.code, {}, { field: 'photos' });
    kept.push(stored.source_hash);
  }
  form.set('photo_hash', kept.join(' '));
  return kept;
}
