import { error, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Visit } from '#faces/server/visit.ts';
import { monthsOf, PERIOD } from '#modules/funds/index.ts';
import { prove_entry } from '#modules/log/index.ts';
import { addDays, beginningOf } from '#platform/clock.ts';
import { isId } from '#platform/ids.ts';
import { parseYuan } from '#platform/money.ts';
import type { Query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { isRefusal, see, text } from './act.ts';

export const periodFrom = (url: URL): string | undefined => {
  const period = url.searchParams.get('period') ?? '';
  return PERIOD.test(period) ? period : undefined;
};

/** The code of a use as it stands in the address; anything that is none is left out. */
export const categoryFrom = (url: URL): string | undefined => {
  const code = url.searchParams.get('category') ?? '';
  return /^[a-z0-9_]{1,60}$/.test(code) ? code : undefined;
};

export const idFrom = (url: URL, name: string): string | undefined => {
  const id = url.searchParams.get(name);
  return isId(id) ? id : undefined;
};

/** What the address names; a page that is not there when there is none, or it is not for this reader. */
export async function seeThe<Input, Answer>(
  { locals }: Pick<RequestEvent, 'locals'>,
  query: Query<Input, Answer>,
  input: { id?: string; account_id?: string } & Record<string, unknown>,
): Promise<Answer> {
  if (!isId(input.id ?? input.account_id)) error(404, 'not_found');
  return seeAllowed(locals.visit, query, input);
}

/** Where the latest fact about a thing stands in the log, or null while it waits for the next minute's batch. */
export async function proofOf(visit: Visit, id: string) {
  const proof = await see(visit, prove_entry, { id }).catch(() => null);
  return proof && { id, number: proof.index + 1, leaf_hash: proof.leaf_hash, is_covered: proof.head !== null };
}

/** An amount as it was typed, in fen; refused with its field when it is none. */
export function amountFrom(form: FormData, name: string): number | undefined {
  const typed = text(form, name);
  if (typed === undefined) return undefined;
  const fen = parseYuan(typed);
  return fen !== null && fen > 0 ? fen : refuse('amount_wrong', {}, { field: name });
}

/** What cannot be undone is done with a tick: refused without it. */
export function demandSure(form: FormData): void {
  if (!form.has('sure')) refuse('tick_to_confirm', {}, { field: 'sure' });
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/;

/** A day that there is, as an address has it. */
export const isDay = (text: string | null | undefined): text is string => z.iso.date().safeParse(text).success;

/**
 * The period of a statement as it stands in the address: days of the place, the last one counted in, or a year or month;
 * and the moment whose balance is asked for.
 */
export function rangeFrom(url: URL, zone: string) {
  const [from_on, until_on] = ['from', 'until'].map((name) => url.searchParams.get(name));
  const period = periodFrom(url);
  const months = period ? monthsOf(period) : undefined;
  const first = isDay(from_on) ? from_on : months?.from;
  const next = isDay(until_on) ? addDays(until_on, 1) : months?.until;
  const moment = MOMENT.exec(url.searchParams.get('at') ?? '');
  const begins = moment && isDay(moment[1]!) ? beginningOf(zone, moment[1]!) : undefined;
  // The end of the minute that was named: what was done in it counts.
  const minutes = Number(moment?.[2]) * 60 + Number(moment?.[3]) + 1;
  return {
    from: first ? beginningOf(zone, first) : undefined,
    until: next ? beginningOf(zone, next) : undefined,
    at: begins && minutes <= 1_440 ? new Date(begins.getTime() + minutes * 60_000 - 1) : undefined,
    typed: { from: first ?? '', until: next ? addDays(next, -1) : '', at: moment?.[0] ?? '' },
  };
}

/** Where the page of a statement before ended, as the address has it: `2026-03-04T02:00:00.000Z~17`. */
export function lineKeyFrom(url: URL): { at: string; sequence: string } | undefined {
  const [at, sequence] = (url.searchParams.get('before') ?? '').split('~');
  return at && !Number.isNaN(Date.parse(at)) && /^\d{1,18}$/.test(sequence ?? '')
    ? { at, sequence: sequence! }
    : undefined;
}

/** A query whose page is not there for those who may not ask it. */
export function seeAllowed<Input, Answer>(visit: Visit, query: Query<Input, Answer>, input: unknown): Promise<Answer> {
  return see(visit, query, input).catch((problem) =>
    isRefusal(problem) && problem.code === 'not_found' ? error(404, 'not_found') : Promise.reject(problem),
  );
}

/** Hours as they were typed (“2.5”), or refused with their field. */
export function hoursFrom(form: FormData, name: string): number | undefined {
  const typed = text(form, name)?.normalize('NFKC').trim();
  if (typed === undefined) return undefined;
  return /^\d{1,6}(\.\d{1,2})?$/.test(typed) && Number(typed) > 0
    ? Math.round(Number(typed) * 100) / 100
    : refuse('hours_given_wrong', {}, { field: name });
}
