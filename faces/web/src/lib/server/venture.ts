import { error, type RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { list_proposals, show_venture_round } from '#modules/projects/index.ts';
import { instantIn } from '#platform/clock.ts';
import { parseYuan } from '#platform/money.ts';
import { refuse } from '#platform/refusal.ts';
import { see, seeOrNotFound, text } from './act.ts';

/** The round of an address; a page that is not there when there is none. */
export async function roundOf({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) {
  const number = Number(params.round);
  if (!Number.isSafeInteger(number) || number < 1) error(404, 'not_found');
  return seeOrNotFound(locals.visit, show_venture_round, { number });
}

/** What stands on the ballot of a round. */
export const ballotOf = async (visit: Visit, number: number) =>
  (await see(visit, list_proposals, { number, states: ['admitted'], limit: 2_000 })).proposals;

/** The numbers of the boxes that are ticked (`choice_3`); each box has its own name, so that none is lost on a refusal. */
export const choicesFrom = (form: FormData): number[] =>
  [...form.keys()].flatMap((name) => (/^choice_\d{1,6}$/.test(name) ? [Number(name.slice(7))] : []));

export function fenFrom(form: FormData, name: string): number | undefined {
  const typed = text(form, name);
  if (typed === undefined) return undefined;
  return parseYuan(typed) ?? refuse('invalid_input', {}, { field: name });
}

/** The instant at which a day begins in the neighbourhood. */
function beginningOf(on: string | undefined, zone: string, field: string): string {
  if (!on || !/^\d{4}-\d{2}-\d{2}$/.test(on)) refuse(on ? 'invalid_input' : 'required', {}, { field });
  const at = instantIn(zone, `${on}T00:00`) ?? refuse('invalid_input', {}, { field });
  return at.toISOString();
}

const DATES = ['proposing_from', 'proposing_until', 'voting_from', 'voting_until'] as const;

/** The rules as the form of a round says them; lists are lines whose parts are set apart by a bar. */
export function rulesFrom(form: FormData, { community }: Visit) {
  const lines = (name: string, parts: number) =>
    (text(form, name) ?? '')
      .split('\n')
      .map((line) => line.split(/[|｜]/).map((part) => part.trim()))
      .filter((line) => line.some(Boolean))
      .map((line) => (line.length === parts ? line : refuse('invalid_input', {}, { field: name })));
  const words = ([zh = '', en = '']: string[]) => ({ 'zh-CN': zh, en });
  return {
    names: { 'zh-CN': text(form, 'name_zh'), en: text(form, 'name_en') },
    rules: {
      who_may_propose: text(form, 'who_may_propose'),
      budget_fen: fenFrom(form, 'budget'),
      fund_account_id: text(form, 'fund_account_id') ?? null,
      categories: lines('categories', 3).map(([code, ...names]) => ({ code, names: words(names) })),
      criteria: lines('criteria', 2).map(words),
      ballot: { most_choices: Number(text(form, 'most_choices')), within_budget: form.has('within_budget') },
      allocation: {
        rule: text(form, 'rule'),
        utility: text(form, 'utility'),
        completion: text(form, 'completion'),
        increment_fen: 100,
      },
      calendar: Object.fromEntries(
        DATES.map((name) => [name, beginningOf(text(form, name), community.time_zone, name)]),
      ),
    },
  };
}
