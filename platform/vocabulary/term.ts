import { z } from 'zod';

export type Names = { 'zh-CN': string; en: string };
export type TermData = Record<string, number | boolean | string | string[]>;

/** A word of the place with what it means. `is_ours`: the published account has the word but not what it means, or neither. */
export type Term = {
  kind: string;
  code: string;
  names: Names;
  descriptions: Names;
  data: TermData;
  is_ours: boolean;
  /** The pack's own words, which nobody here changed. */
  is_default: boolean;
  is_used: boolean;
  /** 0 until it is changed here. */
  version: number;
};

/** What else a term of this kind says: shown as a field of its form. */
export type TermField = { code: string; kind: 'number' | 'yes_no' | 'text' | 'list'; labels: Names };

type DefaultTerm = { code: string; names: Names; descriptions: Names; data?: TermData; is_ours: boolean };

/** A kind of terms with the pack's own. A closed kind has exactly these codes, because the code of the product knows them. */
export type TermKind = {
  kind: string;
  names: Names;
  descriptions: Names;
  is_closed: boolean;
  fields: readonly TermField[];
  terms: readonly DefaultTerm[];
};

export type Change = {
  kind: string;
  code: string;
  version: number;
  is_reset: boolean;
  names: Names | null;
  descriptions: Names | null;
  data: TermData | null;
  is_used: boolean;
};

/** The terms of a kind as they hold here: the pack's, with the newest changes laid over, then those added here by code. */
export function mergeTerms(kind: TermKind, changes: readonly Change[]): Term[] {
  const newest = new Map(changes.filter((one) => one.kind === kind.kind).map((one) => [one.code, one]));
  const defaults = kind.terms.map((term) => {
    const own = { kind: kind.kind, data: {}, ...term, is_default: true, is_used: true };
    return layOver(own, newest.get(term.code));
  });
  const known = new Set(kind.terms.map((term) => term.code));
  const added = [...newest.values()]
    .filter((one) => !known.has(one.code) && !one.is_reset)
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((one) => layOver({ kind: kind.kind, code: one.code, is_ours: false }, one));
  return [...defaults, ...added];
}

/** What was removed of a kind's terms: its code and the names it had last. */
export type RemovedTerm = Pick<Term, 'kind' | 'code' | 'names'>;

/** Whether a change took out a term that is none of the pack's. */
export function isRemoved(kind: TermKind, change: Change): boolean {
  return change.kind === kind.kind && change.is_reset && !kind.terms.some((term) => term.code === change.code);
}

function layOver(own: Partial<Term>, change: Change | undefined): Term {
  if (!change) return { ...own, version: 0 } as Term;
  const { version, is_reset, names, descriptions, data, is_used } = change;
  if (is_reset) return { ...own, version } as Term;
  return { ...own, names, descriptions, data, is_used, is_ours: false, is_default: false, version } as Term;
}

const NUMBER_MOST = 100_000;
const shapes = {
  number: z.number().int().min(0).max(NUMBER_MOST),
  yes_no: z.boolean(),
  text: z.string().trim().max(500),
  list: z.array(z.string().trim().min(1).max(60)).max(50),
} as const;

/** What a kind's fields let through; what is no field of it is refused. */
export function dataShape(kind: TermKind): z.ZodType<TermData> {
  return z.strictObject(
    Object.fromEntries(kind.fields.map((field) => [field.code, shapes[field.kind].optional()])),
  ) as unknown as z.ZodType<TermData>;
}
