import { sha256 } from '#platform/crypto.ts';

/**
 * The kinds of facts that are logged: what touches rules, votes, draws, projects, money, posts and resolutions. The index
 * `events_to_log` has the same words; a test compares them.
 */
export const LOGGED =
  '^(head|rule|round_rules|venture_[a-z_]+|ballot|vote|proposal|project|draw|seat|transfer|account|month|donation|pledge|grant|spending|advance|appeal|disclosure|post|term|role|motion|resolution|council|meeting)\\.';

export type Fact = {
  id: string;
  kind: string;
  at: Date;
  subject_kind: string;
  subject_id: string;
  data: unknown;
  actor_id: string;
  on_behalf_of_id: string | null;
  command_id: string;
};

/**
 * A fact as its leaf holds it: JSON with sorted keys, so that the same fact is the same bytes on every machine. The log is
 * published, so who did it stands there as a hash that only somebody who knows all of it can make: other in every fact, and
 * still enough to show that the journal's row was changed.
 */
export function entryOf(fact: Fact): string {
  const { id, kind, at, subject_kind, subject_id, data } = fact;
  const by = sha256([id, fact.actor_id, fact.on_behalf_of_id ?? '', fact.command_id].join('/')).toString('hex');
  return canonical({ at: at.toISOString(), by, data, id, kind, subject: `${subject_kind}/${subject_id}` });
}

/**
 * JSON without spaces, keys in the order of their code units, what is undefined left out. RFC 8785, for the values that facts
 * hold.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}

/**
 * What the log says instead of words, which are not kept there for ever: whoever knows the row's id and its words sees that
 * they still stand.
 */
export const sealOfWords = (id: string, ...words: (string | null)[]): string => hashOfJson([id, ...words]);

/** SHA-256 in hexadecimal of a value as canonical JSON: the same for whoever reads it from a file or from the database. */
export const hashOfJson = (value: unknown): string =>
  sha256(canonical(JSON.parse(JSON.stringify(value)))).toString('hex');
