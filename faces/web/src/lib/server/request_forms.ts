import type { Visit } from '#faces/server/visit.ts';
import * as requests from '#modules/requests/index.ts';
import { endOfDay } from '#platform/clock.ts';
import type { Command } from '#platform/command.ts';
import { refuse } from '#platform/refusal.ts';
import { see, text } from './act.ts';

type Wanted = { command: Command<never, unknown>; input: Record<string, unknown> };

/** What a button of a request's page means: the command and what its form says, with the words of forms made into input. */
export async function commandOf(visit: Visit, form: FormData, photos: string[]): Promise<Wanted> {
  const version = Number(text(form, 'expected_version'));
  const key = { id: text(form, 'id'), ...(version > 0 && { expected_version: version }) };
  const words = text(form, 'text') ?? '';
  const reason = text(form, 'reason') ?? words;
  const of = (command: unknown, input: Record<string, unknown>): Wanted => ({
    command: command as Command<never, unknown>,
    input: { ...key, ...input },
  });
  switch (form.get('step')) {
    case 'accept':
      return of(requests.accept_request, { public_note: words });
    case 'answer':
      return of(requests.answer_request, { text: words, photos });
    case 'finish':
      return of(requests.finish_request, { text: words, photos });
    case 'refuse':
      return of(requests.refuse_request, { text: words, photos });
    case 'promise':
      return of(requests.promise_answer, { due_at: dueAt(visit, text(form, 'due_on')), reason });
    case 'ask_reporter':
      return of(requests.ask_reporter, { question: words });
    case 'reply':
      return of(requests.reply_to_question, { text: words, photos });
    case 'confirm':
      return of(requests.confirm_request, { stars: Number(text(form, 'stars')) || undefined, comment: words });
    case 'reopen':
      return of(requests.reopen_request, { reason, photos });
    case 'withdraw':
      return of(requests.withdraw_request, { reason: words });
    case 'note':
      return of(requests.note_request, { text: words });
    case 'recategorise':
      return of(requests.recategorise_request, {
        category_id: text(form, 'category_id'),
        reason,
        route: form.has('route'),
      });
    case 'hand_on':
      return of(requests.hand_on_request, { to: target(text(form, 'to')), reason });
    case 'call_in_help':
      return of(requests.call_in_help, { helper: target(text(form, 'to')), asked_for: words });
    case 'answer_help':
      return of(requests.answer_help, { help_id: text(form, 'help_id'), text: words });
    case 'join_into':
      return of(requests.join_requests, { from_ids: await idsOf(visit, text(form, 'numbers')), reason });
    case 'split_up':
      return of(requests.split_request, { parts: partsOf(form), reason });
    case 'redact':
      return of(requests.redact_request, {
        public_text: text(form, 'public_text'),
        is_public: form.has('make_private') ? false : undefined,
        hide_photos: form.getAll('hide_photo'),
        reason,
      });
    case 'follow':
      return of(requests.follow_request, { follow: true });
    case 'unfollow':
      return of(requests.follow_request, { follow: false });
    default:
      return refuse('invalid_choice', {}, { field: 'step' });
  }
}

function target(to: string | undefined) {
  if (to === 'grid_worker') return { grid_worker: true };
  return to?.startsWith('organisation/') ? { organisation_id: to.slice(13) } : { person_id: to };
}

/** A date means the end of that day where the neighbourhood is. */
function dueAt(visit: Visit, on: string | undefined): string | undefined {
  if (!on) return undefined;
  if (Number.isNaN(Date.parse(`${on}T12:00:00Z`))) refuse('invalid_input', {}, { field: 'due_on' });
  return endOfDay(visit.community.time_zone, on).toISOString();
}

async function idsOf(visit: Visit, typed: string | undefined): Promise<string[]> {
  const numbers = [
    ...new Set(
      (typed ?? '')
        .normalize('NFKC')
        .match(/\d{1,15}/g)
        ?.map(Number),
    ),
  ].slice(0, 50);
  if (numbers.length === 0) refuse('required', {}, { field: 'numbers' });
  const { requests: found } = await see(visit, requests.list_requests, { numbers, limit: 50 });
  const missing = numbers.find((number) => !found.some((one) => one.number === number));
  if (missing !== undefined) refuse('not_found', {}, { field: 'numbers' });
  return found.map((one) => one.id);
}

function partsOf(form: FormData) {
  const texts = form.getAll('part_text');
  const categories = form.getAll('part_category');
  return texts
    .map((words, i) => ({ text: words, category_id: categories[i] }))
    .filter((part) => typeof part.text === 'string' && part.text.trim() !== '');
}
