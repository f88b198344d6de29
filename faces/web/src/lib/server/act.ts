import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { type Caller, type Command, perform } from '#platform/command.ts';
import { sentenceOf, type Vars } from '#platform/i18n.ts';
import { isId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { messages } from './messages.ts';

export type Problem = { field: string | null; sentence: string };
export type Problems = { problems: Problem[]; values: Record<string, string> };

export function callerOf(visit: Visit, id?: string): Caller {
  return { actor: visit.actor, community: visit.community, id: isId(id) ? id : undefined, via: 'page' };
}

/** A query for a page. */
export function see<Input, Answer>(visit: Visit, query: Query<Input, Answer>, input: unknown): Promise<Answer> {
  return ask(visit.environment, callerOf(visit), query, input);
}

/** A command from a form; `id` is the one the form was sent with, so that sending it twice is doing it once. */
export function act<Input, Answer>(
  visit: Visit,
  command: Command<Input, Answer>,
  input: unknown,
  id?: string,
): Promise<Answer> {
  return perform(visit.environment, callerOf(visit, id), command, input);
}

type Refused = Error & { code: string; vars?: Vars; where?: { field?: string; line?: number }; also?: Refused[] };

export function isRefusal(problem: unknown): problem is Refused {
  return problem instanceof Error && problem.name === 'Refusal';
}

/** A query that a page stands on: what this reader may not see, or what is nowhere, is a page that is not there. */
export const seeOrNotFound: typeof see = (visit, query, input) =>
  see(visit, query, input).catch((problem) => (isRefusal(problem) ? error(404, 'not_found') : Promise.reject(problem)));

/** The sentence of one refusal in the reader's language. */
export function sentenceFor(visit: Visit, refusal: Refused): string {
  return sentenceOf(messages[visit.locale], visit.locale, refusal);
}

/** The problems a refusal names, each with its field and a sentence in the reader's language. */
export function problemsOf(visit: Visit, refusal: Refused): Problem[] {
  return [refusal, ...(refusal.also ?? [])].map((one) => ({
    field: one.where?.field ?? null,
    sentence: sentenceFor(visit, one),
  }));
}

/** What was typed, to be shown again: nothing is lost when something is refused. Files and secrets are not echoed. */
export function valuesOf(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === 'string' && !name.includes('password')) values[name] = value;
  return values;
}

/** Runs a form's command: on a refusal the form comes back with its problems and everything that was typed. */
export async function formAction<Answer>(
  event: RequestEvent,
  run: (form: FormData, visit: Visit) => Promise<Answer>,
  after?: (answer: Answer) => string,
) {
  const { visit } = event.locals;
  const form = await event.request.formData();
  let answer: Answer;
  try {
    answer = await run(form, visit);
  } catch (problem) {
    if (!isRefusal(problem)) throw problem;
    const status = problem.code === 'not_found' ? 404 : problem.code === 'stale' ? 409 : 400;
    return fail(status, { problems: problemsOf(visit, problem), values: valuesOf(form) } satisfies Problems);
  }
  if (after) redirect(303, after(answer));
  return { done: true, answer };
}

export function text(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Words in both languages, from the fields `name_zh` and `name_en`. */
export const both = (form: FormData, name: string) => ({
  'zh-CN': text(form, `${name}_zh`),
  en: text(form, `${name}_en`),
});
