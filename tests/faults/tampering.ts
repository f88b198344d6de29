import type { Transaction } from 'kysely';
import type { DB } from '#platform/db.generated.ts';
import type { Tampered } from './tampered.ts';
import { LOG, MONEY } from './tampered_books.ts';
import { COUNCIL, PROJECTS } from './tampered_votes.ts';

const TAMPERED: Record<string, Tampered> = { ...MONEY, ...LOG, ...COUNCIL, ...PROJECTS };
const PICKED = Object.entries(TAMPERED).flatMap(([table, { weight = 1 }]) => Array<string>(weight).fill(table));

export type Change = { what: string; table: string; id: string; sql: string };

/** A random change of a random row, as somebody with every right in the database would make it; the same for the same seed. */
export async function someChange(tx: Transaction<DB>, seed: number): Promise<Change> {
  const random = randomOf(seed);
  const pick = <T>(all: readonly T[]): T => all[random(all.length)]!;
  const table = pick(PICKED);
  const { key, edits, only = '', copy } = TAMPERED[table]!;
  const found = (await query(tx, `select ${key} as id from ${table} ${only} order by 1`)) as { id: string }[];
  const { id } = pick(found);
  const where = `${key} = '${id}'`;
  const how = pick(['edit', 'edit', 'edit', 'delete', 'insert', 'reorder', 'truncate']);
  if (how === 'delete') return { what: how, table, id, sql: `delete from ${table} where ${where}` };
  if (how === 'truncate' && table !== 'log_heads') {
    const rest = `${key} >= '${id}' ${only.replace('where', 'and')}`;
    return { what: how, table, id: '', sql: `delete from ${table} where ${rest}` };
  }
  if (how === 'insert' && copy) {
    const sql = `insert into ${table} overriding system value select (jsonb_populate_record(t, '${JSON.stringify(copy)}')).* from ${table} t where ${where}`;
    // Of a row in several columns its place is named by those that are kept.
    return { what: how, table, id: 'id' in copy ? String(copy.id) : id.split('/')[0]!, sql };
  }
  if (how === 'reorder' && (table === 'transfers' || table === 'log_leaves') && found.length > 1) {
    const other = pick(found.filter((row) => row.id !== id)).id;
    const [what, column] = table === 'transfers' ? ['id::text', 'at'] : ['leaf_index::text', 'leaf_hash'];
    const pair = (side: string) => `${side}.${what} in ('${id}', '${other}')`;
    const swap = `update ${table} t set ${column} = o.${column} from ${table} o`;
    const sql = `${swap} where ${pair('t')} and ${pair('o')} and t.${what} <> o.${what} and t.${column} <> o.${column}`;
    return { what: how, table, id, sql };
  }
  const set = pick(edits);
  return { what: `set ${set}`, table, id, sql: `update ${table} set ${set} where ${where} returning ${key} as id` };
}

export async function query(tx: Transaction<DB>, sql: string): Promise<unknown[]> {
  const node = { query: { kind: 'RawNode' } as never, queryId: { queryId: 'x' } };
  return (await tx.executeQuery({ sql, parameters: [], ...node })).rows;
}

/** Numbers that are the same for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = ((seed + 1) * 2_654_435_761) % 4_294_967_296;
  return (below) => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return state % below;
  };
}
