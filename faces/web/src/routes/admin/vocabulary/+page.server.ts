import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { count_care_kinds } from '#modules/people/index.ts';
import { hasRole } from '#platform/actor.ts';
import { refuse } from '#platform/refusal.ts';
import {
  import_pack,
  KINDS,
  list_kinds,
  reset_term,
  show_term_history,
  type TermField,
  write_term,
} from '#platform/vocabulary/index.ts';

const LARGEST_BYTES = 2_000_000;

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  const [kind = '', code = ''] = (url.searchParams.get('history') ?? '').split('/');
  return {
    kinds: await see(visit, list_kinds, {}),
    // The pack's own names, beside what is said here instead.
    packed: Object.fromEntries(
      KINDS.flatMap(({ kind, terms }) => terms.map((term) => [`${kind}/${term.code}`, term.names])),
    ) as Record<string, { 'zh-CN': string; en: string } | undefined>,
    // What stands with a kind of care, by the key of its term on this page.
    standing: Object.fromEntries(
      (await see(visit, count_care_kinds, {})).map(({ kind: care_kind, count }) => [`care_kind-${care_kind}`, count]),
    ) as Record<string, number | undefined>,
    history: code ? { kind, code, changes: await see(visit, show_term_history, { kind, code }) } : null,
    title: locale(visit, 'vocabulary.title'),
  };
};

export const actions = {
  write: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const kind = text(form, 'kind') ?? '';
      const fields = (await see(visit, list_kinds, {})).find((one) => one.kind === kind)?.fields ?? [];
      const both = (name: string) => ({ 'zh-CN': text(form, `${name}_zh`) ?? '', en: text(form, `${name}_en`) ?? '' });
      await act(
        visit,
        write_term,
        {
          kind,
          code: text(form, 'code') ?? '',
          expected_version: Number(text(form, 'version') ?? 0),
          is_new: form.has('is_new'),
          names: both('name'),
          descriptions: both('description'),
          data: Object.fromEntries(fields.map((field) => [field.code, dataOf(form, field)])),
          is_used: form.has('is_used') || !form.has('may_lay_aside'),
        },
        text(form, 'command_id'),
      );
    }),
  reset: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      await act(visit, reset_term, {
        kind: text(form, 'kind'),
        code: text(form, 'code'),
        expected_version: Number(text(form, 'version')),
      });
    }),
  import: (event: RequestEvent) =>
    formAction(event, async (form, visit) => ({ imported: await act(visit, import_pack, await readPack(form)) })),
};

function dataOf(form: FormData, field: TermField): unknown {
  const value = text(form, `data_${field.code}`);
  if (field.kind === 'yes_no') return form.has(`data_${field.code}`);
  if (value === undefined) return undefined;
  if (field.kind === 'number') return Number(value);
  const lines = value.split('\n').map((line) => line.trim());
  return field.kind === 'list' ? lines.filter((line) => line !== '') : value;
}

async function readPack(form: FormData): Promise<unknown> {
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0 || file.size > LARGEST_BYTES)
    refuse('pack_broken', {}, { field: 'file' });
  try {
    return JSON.parse(await file.text());
  } catch {
    return refuse('pack_broken', {}, { field: 'file' });
  }
}
