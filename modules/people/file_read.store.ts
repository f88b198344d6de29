import { sql } from 'kysely';
import { HOUR_MS } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';

export type FileRead = {
  id: string;
  reader_id: string;
  reader_name: string | null;
  at: Date;
  fields: string[];
  reason: string;
  via: string;
};

/** Who read a person's file, newest first. */
export async function readsOf(ctx: Ctx, personId: string, limit: number): Promise<FileRead[]> {
  const { rows } = await sql<FileRead>`
    select f.id, f.reader_id, coalesce(p.public_name, p.name_masked) as reader_name, f.at, f.fields, f.reason, f.via
    from file_reads f left join people p on p.community_id = f.community_id and p.id = f.reader_id
    where f.community_id = ${ctx.community.id} and f.person_id = ${personId} order by f.id desc limit ${limit}`.execute(
    ctx.tx,
  );
  return rows;
}

/** Leaves a trace of reading in each of these files, in the transaction of the reading: no trace, no answer. */
export async function leaveTraces(ctx: Ctx, people: string[], fields: string[], reason: string): Promise<void> {
  if (people.length === 0) return;
  await ctx.tx
    .insertInto('file_reads')
    .values(
      [...new Set(people)].map((person_id) => ({
        community_id: ctx.community.id,
        id: ctx.newId(),
        reader_id: ctx.actor.id,
        at: ctx.now,
        via: ctx.via,
        ...{ person_id, fields, reason },
      })),
    )
    .execute();
}

/**
 * Traces of a list that is opened again and again: the same reader, for the same reason, within the hour reads once. One
 * statement for any number of files.
 */
export async function leaveTracesOfList(ctx: Ctx, people: string[], fields: string[], reason: string): Promise<void> {
  const files = [...new Set(people)];
  if (files.length === 0) return;
  const ids = files.map(() => ctx.newId());
  const since = new Date(ctx.now.getTime() - HOUR_MS);
  await sql`
    insert into file_reads (community_id, id, person_id, reader_id, at, fields, reason, via)
    select ${ctx.community.id}::uuid, t.id, t.person_id, ${ctx.actor.id}::uuid, ${ctx.now}::timestamptz, ${fields}::text[],
      ${reason}::text, ${ctx.via}::text
    from unnest(${ids}::uuid[], ${files}::uuid[]) as t (id, person_id)
    where not exists (select 1 from file_reads f where f.community_id = ${ctx.community.id} and f.person_id = t.person_id
      and f.reader_id = ${ctx.actor.id} and f.reason = ${reason} and f.fields = ${fields}::text[] and f.at > ${since})`.execute(
    ctx.tx,
  );
}
