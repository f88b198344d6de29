import { canonical } from './entry.ts';
import type { LogFinding } from './witness.ts';

/** What rows say, or should say, by their key. */
export type Said = Map<string, Record<string, unknown>>;

/**
 * Rows that differ from what was made of their facts, one missing or more among them. What a fact leaves undefined is not
 * compared, as earlier facts said less. Pure; linear in the rows.
 */
export function differences(table: string, facts: Said, rows: Said): LogFinding[] {
  const found: LogFinding[] = [];
  for (const [id, fact] of facts) {
    const row = rows.get(id);
    if (!row) found.push({ code: 'row_missing', table, id });
    else if (Object.keys(fact).some((name) => fact[name] !== undefined && !isSame(fact[name], row[name])))
      found.push({ code: 'row_changed', table, id });
  }
  for (const id of rows.keys()) if (!facts.has(id)) found.push({ code: 'row_unlogged', table, id });
  return found;
}

/**
 * Rows without those that no fact names, where facts said less when they were written. `untold` are the things whose facts did,
 * `of` the column that says to which a row belongs.
 */
export const onlyTold = (rows: Said, facts: Said, untold: ReadonlySet<unknown>, of: string): Said =>
  new Map([...rows].filter(([id, row]) => facts.has(id) || !untold.has(row[of])));

const isSame = (a: unknown, b: unknown) => a === b || canonical(a) === canonical(b);
