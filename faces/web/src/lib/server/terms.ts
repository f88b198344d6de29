import type { Visit } from '#faces/server/visit.ts';
import { list_removed_terms, list_terms } from '#platform/vocabulary/index.ts';
import { see } from './act.ts';

/** What the terms of a kind are called here, in the reader's language; a code that is none stays as it is. */
export async function term(visit: Visit, kind: string): Promise<(code: string) => string> {
  const terms = [...(await see(visit, list_removed_terms, {})), ...(await see(visit, list_terms, {}))];
  const names = new Map(terms.filter((one) => one.kind === kind).map((one) => [one.code, one.names[visit.locale]]));
  return (code) => names.get(code) ?? code;
}
