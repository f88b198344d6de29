import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type MinuteVersion = {
  version: number;
  text: string;
  reason: string | null;
  written_at: Date;
  writer: string | null;
};
export type MinuteEntry = {
  id: string;
  number: number;
  session_id: string;
  topic_id: string | null;
  speaker_id: string | null;
  speaker: string | null;
  versions: MinuteVersion[];
};

/** The minutes of a session in order, each entry with all its versions, the latest first. */
export async function minutesOf(ctx: Ctx, session_id: string): Promise<MinuteEntry[]> {
  const { rows } = await sql<MinuteEntry>`
    select e.id, e.number, e.session_id, e.topic_id, e.speaker_id, coalesce(e.shown_name, p.public_name) as speaker,
      (select json_agg(json_build_object('version', v.version, 'text', v.text, 'reason', v.reason, 'written_at', v.written_at,
          'writer', w.public_name) order by v.version desc)
        from minute_texts v left join people w on w.community_id = v.community_id and w.id = v.written_by_id
        where v.community_id = e.community_id and v.entry_id = e.id) as versions
    from minute_entries e left join people p on p.community_id = e.community_id and p.id = e.speaker_id
    where e.community_id = ${ctx.community.id} and e.session_id = ${session_id} order by e.number`.execute(ctx.tx);
  return rows;
}

export async function insertEntry(
  ctx: Ctx,
  entry: {
    id: string;
    session_id: string;
    topic_id: string | null;
    speaker_id: string | null;
    shown_name: string | null;
  },
): Promise<void> {
  await sql`
    insert into minute_entries (community_id, id, session_id, number, topic_id, speaker_id, shown_name, created_at)
    select ${ctx.community.id}::uuid, ${entry.id}::uuid, ${entry.session_id}::uuid, coalesce(max(number), 0) + 1,
      ${entry.topic_id}::uuid, ${entry.speaker_id}::uuid, ${entry.shown_name}::text, ${ctx.now}::timestamptz
    from minute_entries where community_id = ${ctx.community.id} and session_id = ${entry.session_id}`.execute(ctx.tx);
}

export async function insertText(ctx: Ctx, entry_id: string, version: number, text: string, reason: string | null) {
  await ctx.tx
    .insertInto('minute_texts')
    .values({
      ...{ community_id: ctx.community.id, entry_id, version, text, reason },
      ...{ written_at: ctx.now, written_by_id: ctx.actor.id },
    })
    .execute();
}

export async function findEntry(ctx: Ctx, id: string) {
  const { rows } = await sql<{
    id: string;
    session_id: string;
    speaker_id: string | null;
    version: number;
    secretary_id: string | null;
  }>`
    select e.id, e.session_id, e.speaker_id, s.secretary_id,
      (select max(version) from minute_texts v where v.community_id = e.community_id and v.entry_id = e.id) as version
    from minute_entries e join forum_sessions s on s.community_id = e.community_id and s.id = e.session_id
    where e.community_id = ${ctx.community.id} and e.id = ${id}`.execute(ctx.tx);
  return rows[0];
}
