import type { Visit } from '#faces/server/visit.ts';
import { accept_request, hand_on_request } from '#modules/requests/index.ts';
import { refuse } from '#platform/refusal.ts';
import { act, isRefusal, sentenceFor, text } from './act.ts';

type Left = { number: number; sentence: string };
const MOST = 100;

/**
 * Does one thing to several requests that were chosen in a queue (`chosen`: id/version/number each). Each is a command of
 * its own with its own rule; those that could not be done are left as they are and told with the reason.
 */
export async function actOnChosen(form: FormData, visit: Visit): Promise<{ changed: number; left: Left[] }> {
  const chosen = form.getAll('chosen').slice(0, MOST).map(String);
  if (chosen.length === 0) refuse('nothing_chosen', {}, { field: 'chosen' });
  const step = text(form, 'step');
  const [kind, owner_id] = (text(form, 'to') ?? '').split('/');
  const to =
    kind === 'person'
      ? { person_id: owner_id }
      : kind === 'organisation'
        ? { organisation_id: owner_id }
        : { grid_worker: true };
  const left: Left[] = [];
  for (const one of chosen) {
    const [id, version, number] = one.split('/');
    const key = { id, expected_version: Number(version) };
    try {
      if (step === 'hand_on') await act(visit, hand_on_request, { ...key, to, reason: text(form, 'reason') ?? '' });
      else await act(visit, accept_request, key);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      left.push({ number: Number(number), sentence: sentenceFor(visit, error) });
    }
  }
  return { changed: chosen.length - left.length, left };
}
