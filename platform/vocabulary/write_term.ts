import { z } from 'zod';
import { hasRole } from '../actor.ts';
import { command } from '../command.ts';
import type { Ctx } from '../context.ts';
import { record } from '../event.ts';
import { idFrom } from '../ids.ts';
import { parse } from '../input.ts';
import { notFound, refuse } from '../refusal.ts';
import { dataShape, type Term } from './term.ts';
import { appendChange, versionOf } from './vocabulary.store.ts';
import { forgetTerms, freshTerms, kindOf } from './vocabulary.ts';

export const termKey = { kind: z.string().max(60), code: z.string().regex(/^[a-z0-9_]{1,60}$/) };
const name = z.string().trim().min(1).max(80);
const description = z.string().trim().max(600);
export const termInput = z.object({
  ...termKey,
  names: z.object({ 'zh-CN': name, en: name }),
  descriptions: z.object({ 'zh-CN': description, en: description }),
  data: z.record(z.string(), z.unknown()).default({}),
  is_used: z.boolean().default(true),
});
export type TermInput = z.infer<typeof termInput>;

/** An administrator says what a term is called here, or adds one to an open kind. What was said before stays in the history. */
export const write_term = command({
  name: 'vocabulary.write_term',
  input: termInput.extend({ expected_version: z.number().int().min(0), is_new: z.boolean().default(false) }),
  async run(ctx, { expected_version, is_new, ...input }) {
    demandAdministrator(ctx);
    const known = (await freshTerms(ctx)).find((term) => term.kind === input.kind && term.code === input.code);
    if (is_new && known) refuse('there_already', {}, { field: 'code' });
    if ((known?.version ?? 0) !== expected_version) refuse('stale', {}, { kind: 'term', field: input.code });
    const version = await changeTerm(ctx, input, known);
    return { kind: input.kind, code: input.code, version };
  },
});

/** Gives a term the pack's own words back; one that was added here goes, and keeps its name where it was used. */
export const reset_term = command({
  name: 'vocabulary.reset_term',
  input: z.object({ ...termKey, expected_version: z.number().int().min(1) }),
  async run(ctx, { kind, code, expected_version }) {
    demandAdministrator(ctx);
    kindOf(kind);
    const version = expected_version + 1;
    const nothing = { names: null, descriptions: null, data: null, is_used: true };
    await appendChange(ctx, { kind, code, version, is_reset: true, ...nothing });
    tell(ctx, 'term.reset', kind, code);
    return { kind, code, version };
  },
});

/** Checks a term against its kind and appends it; the new version. Nothing is written when it is as it was. */
export async function changeTerm(ctx: Ctx, input: TermInput, known: Term | undefined): Promise<number> {
  const kind = kindOf(input.kind);
  if (kind.is_closed && !kind.terms.some((term) => term.code === input.code))
    refuse('term_kind_closed', {}, { field: 'code' });
  if (kind.is_closed && !input.is_used) refuse('term_needed', {}, { field: 'is_used' });
  const data = parse(dataShape(kind), input.data);
  const change = { ...input, data };
  if (known && isSame(change, known)) return known.version;
  const version = (known?.version ?? (await versionOf(ctx, input.kind, input.code))) + 1;
  await appendChange(ctx, { ...change, version, is_reset: false });
  tell(ctx, 'term.written', input.kind, input.code);
  return version;
}

const isSame = (input: Pick<Term, 'names' | 'descriptions' | 'data' | 'is_used'>, term: Term) =>
  (['names', 'descriptions', 'data', 'is_used'] as const).every((key) => sorted(input[key]) === sorted(term[key]));
const sorted = (value: unknown) =>
  JSON.stringify(value, (_key, one) =>
    one && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort()) : one,
  );

function tell(ctx: Ctx, fact: string, kind: string, code: string): void {
  forgetTerms(ctx.community.id);
  record(ctx, fact, { kind: 'term', id: idFrom(ctx.community.id, 'term', `${kind}/${code}`) }, { kind, code });
}

export function demandAdministrator(ctx: Ctx): void {
  if (!hasRole(ctx.actor, 'administrator') && ctx.actor.kind !== 'system') notFound('vocabulary', ctx.community.id);
}
