import { error, type RequestEvent } from '@sveltejs/kit';
import { IMPORT_KINDS, type Imported, readImport } from '#faces/documents/read_import.ts';
import type { Visit } from '#faces/server/visit.ts';
import { dropWaiting, keepWaiting, takeWaiting } from '#faces/server/waiting_file.ts';
import { callerOf, isRefusal, see, sentenceFor, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { hasRole } from '#platform/actor.ts';
import { perform, rehearse } from '#platform/command.ts';
import { refuse } from '#platform/refusal.ts';

type Row = { line: number | null; column: string | null; sentence: string };
type Report = { kind: string; counts: Imported | null; refused: Row[]; waiting: string | null; is_done: boolean };

export const load = ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  const kind = IMPORT_KINDS.find((one) => one === url.searchParams.get('kind')) ?? 'doors';
  return { kinds: IMPORT_KINDS, kind, title: locale(visit, 'places.import.title'), island: 'busy' };
};

export const actions = {
  /** Reads the file and tries all of it, without writing: what would change, or every row that is wrong. */
  rehearse: (event: RequestEvent) =>
    report(event, async (form, visit) => {
      const file = form.get('file');
      if (!(file instanceof File) || file.size === 0) refuse('file_empty', {}, { field: 'file' });
      const bytes = Buffer.from(await file.arrayBuffer());
      const counts = await bringIn(visit, form, bytes, false);
      return { counts, waiting: await keepWaiting(visit.environment, visit.actor.id, bytes), is_done: false };
    }),
  import: (event: RequestEvent) =>
    report(event, async (form, visit) => {
      const word = text(form, 'waiting') ?? '';
      const counts = await bringIn(visit, form, await takeWaiting(visit.environment, visit.actor.id, word), true);
      await dropWaiting(visit.environment, word);
      return { counts, waiting: null, is_done: true };
    }),
};

async function bringIn(visit: Visit, form: FormData, bytes: Buffer, forGood: boolean): Promise<Imported> {
  const kind = IMPORT_KINDS.find((one) => one === form.get('kind')) ?? refuse('invalid_choice', {}, { field: 'kind' });
  const { command, input } = await readImport(kind, bytes, (query, asked) => see(visit, query, asked));
  const caller = callerOf(visit, text(form, 'command_id'));
  return forGood
    ? perform(visit.environment, caller, command, input)
    : rehearse(visit.environment, caller, command, input);
}

async function report(
  event: RequestEvent,
  run: (form: FormData, visit: Visit) => Promise<Pick<Report, 'counts' | 'waiting' | 'is_done'>>,
): Promise<Report> {
  const { visit } = event.locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  const form = await event.request.formData();
  const kind = String(form.get('kind') ?? '');
  try {
    return { kind, refused: [], ...(await run(form, visit)) };
  } catch (refusal) {
    if (!isRefusal(refusal)) throw refusal;
    const refused = [refusal, ...(refusal.also ?? [])].map((one) => ({
      ...{ line: one.where?.line ?? null, column: one.where?.field ?? null },
      sentence: sentenceFor(visit, one),
    }));
    return { kind, counts: null, refused, waiting: null, is_done: false };
  }
}
