import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { LogFinding } from './witness.ts';

/** A fact as a witness reads it. */
export type ReadFact = {
  kind: string;
  /** In milliseconds. */
  at: number;
  actor_id: string;
  on_behalf_of_id: string | null;
  subject_id: string;
  data: Record<string, unknown>;
};

/** Facts about subjects of these kinds whose own kind begins with one of these words, in their order. */
export async function factsOf(ctx: Ctx, subject_kinds: string[], words: string[]): Promise<ReadFact[]> {
  const { rows } = await sql<ReadFact>`
    select kind, (extract(epoch from at) * 1000)::float8 as at, actor_id, on_behalf_of_id, subject_id, data from events
    where community_id = ${ctx.community.id} and subject_kind = any(${subject_kinds}::text[])
      and split_part(kind, '.', 1) = any(${words}::text[]) order by id`.execute(ctx.tx);
  return rows;
}

/** What was found changed in a ballot box when it was closed: its seals are gone since, so the fact says it for ever. */
export const foundAtClosing = (facts: readonly ReadFact[]): LogFinding[] =>
  facts.flatMap(({ data }) => (data.box_differs as LogFinding[] | undefined) ?? []);

/** What rows say, by table and key. */
export function saidBy(rows: readonly { table: string; id: string; row: Record<string, unknown> }[]) {
  const said = new Map<string, Map<string, Record<string, unknown>>>();
  for (const { table, id, row } of rows) {
    const known = said.get(table) ?? new Map();
    said.set(table, known.set(id, row));
  }
  return said;
}

/** An instant of a row in milliseconds, as a fact has it. `column` is the code's own, never somebody's words. */
export const msOf = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);

/** The hash of a text of a row, as a fact has it. `text` is SQL of the code's own, never somebody's words. */
export const hashIn = (text: string) => sql.raw(`encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`);
