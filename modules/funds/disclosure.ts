import { addDays } from '#platform/clock.ts';
/** What is disclosed of, and when it began and ended (null: it goes on). */
export type DisclosedPeriod = {
  subject: 'raising' | 'project';
  is_emergency: boolean;
  starts_on: string;
  ends_on: string | null;
};
export type DisclosureKind = 'interim' | 'final';
/** `basis` says which article asks for it, or that it is this place's own rule. */
export type Disclosure = {
  kind: DisclosureKind;
  from_on: string;
  until_on: string;
  due_on: string;
  basis: 'article_72' | 'article_79' | 'own';
};

const MONTHS = 3;
const LONG_MONTHS = 6;
const EMERGENCY_DAYS = 5;
/** Of something that goes on, as far as this is looked ahead. */
const MOST = 400;

/**
 * What is to be disclosed of a campaign, and by when, up to the first that lies after `today`. Charity Law of 29 December 2023:
 * article 79, raising (or a project) that takes more than six months is disclosed at least every three months, and in full
 * within three months of its end; article 72, in a public emergency at least every five days. Shorter raising is disclosed
 * every three months too, by our own rule. Pure.
 */
export function disclosuresOf(campaign: DisclosedPeriod, today: string): Disclosure[] {
  const { starts_on, ends_on, is_emergency } = campaign;
  const isLong = ends_on === null || ends_on > addMonths(starts_on, LONG_MONTHS);
  const basis = is_emergency ? 'article_72' : isLong ? 'article_79' : 'own';
  const nth = (turn: number) =>
    is_emergency ? addDays(starts_on, EMERGENCY_DAYS * turn) : addMonths(starts_on, MONTHS * turn);
  const found: Disclosure[] = [];
  for (let turn = 1; turn <= MOST; turn++) {
    const due_on = nth(turn);
    if (ends_on !== null && due_on >= ends_on) break;
    found.push({ kind: 'interim', from_on: nth(turn - 1), until_on: addDays(due_on, -1), due_on, basis });
    if (due_on > today) break;
  }
  if (ends_on !== null)
    found.push({
      kind: 'final',
      from_on: starts_on,
      until_on: ends_on,
      due_on: addMonths(ends_on, MONTHS),
      basis: 'article_79',
    });
  return found;
}

export type DisclosureState = 'published' | 'overdue' | 'due' | 'ahead';

/** Where one stands on a day: it can be written once its period is over. Pure. */
export function stateOfDisclosure(one: Disclosure, is_published: boolean, today: string): DisclosureState {
  if (is_published) return 'published';
  if (one.due_on < today) return 'overdue';
  return one.until_on < today ? 'due' : 'ahead';
}

/** The same day so many months later; the last of the month where there is no such day. Pure. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
