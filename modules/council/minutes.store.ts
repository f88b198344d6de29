import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Names } from './meeting.ts';

export type EntryKind = 'said' | 'ruling';
export type EntryVersion = {
  version: number;
  texts: Partial<Names>;
  reason: string | null;
  written_at: Date;
  writer: string | null;
};
export type Entry = {
  id: string;
  number: number;
  kind: EntryKind;
  meeting_id: string;
  agenda_item_id: string | null;
  motion_id: string | null;
  created_at: Date;
  versions: EntryVersion[];
};

/** What was written of a meeting in order, each entry with all its versions, the latest first. */
export async function entriesOf(ctx: Ctx, meeting_id: string): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select e.id, e.number, e.kind, e.meeting_id, e.agenda_item_id, e.motion_id, e.created_at,
      (select json_agg(json_build_object('version', v.version, 'texts', v.texts, 'reason', v.reason, 'written_at', v.written_at,
          'writer', w.public_name) order by v.version desc)
        from meeting_entry_texts v left join people w on w.community_id = v.community_id and w.id = v.written_by_id
        where v.community_id = e.community_id and v.entry_id = e.id) as versions
    from meeting_entries e
    where e.community_id = ${ctx.community.id} and e.meeting_id = ${meeting_id} order by e.number`.execute(ctx.tx);
  return rows;
}

type NewEntry = Pick<Entry, 'id' | 'meeting_id' | 'kind' | 'agenda_item_id' | 'motion_id'>;

export async function insertEntry(ctx: Ctx, entry: NewEntry): Promise<void> {
  await sql`
    insert into meeting_entries (community_id, id, meeting_id, number, kind, agenda_item_id, motion_id, created_at)
    select ${ctx.community.id}::uuid, ${entry.id}::uuid, ${entry.meeting_id}::uuid, coalesce(max(number), 0) + 1, ${entry.kind}::text,
      ${entry.agenda_item_id}::uuid, ${entry.motion_id}::uuid, ${ctx.now}::timestamptz
    from meeting_entries where community_id = ${ctx.community.id} and meeting_id = ${entry.meeting_id}`.execute(ctx.tx);
}

export async function insertEntryText(
  ctx: Ctx,
  entry_id: string,
  version: number,
  texts: Partial<Names>,
  reason: string | null,
): Promise<void> {
  await ctx.tx
    .insertInto('meeting_entry_texts')
    .values({
      ...{ community_id: ctx.community.id, entry_id, version, texts: JSON.stringify(texts), reason },
      ...{ written_at: ctx.now, written_by_id: ctx.actor.id },
    })
    .execute();
}

export async function findEntry(ctx: Ctx, id: string) {
  const { rows } = await sql<{ id: string; meeting_id: string; version: number; texts: Partial<Names> }>`
    select e.id, e.meeting_id, v.version, v.texts from meeting_entries e
    join meeting_entry_texts v on v.community_id = e.community_id and v.entry_id = e.id
    where e.community_id = ${ctx.community.id} and e.id = ${id} order by v.version desc limit 1`.execute(ctx.tx);
  return rows[0];
}
