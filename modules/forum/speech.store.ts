import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { demandOwnPhotos } from '#platform/file.store.ts';
import { searchVector } from '#platform/text_search.ts';
import type { SpeechState } from './speech.ts';

export type Speech = {
  id: string;
  topic_id: string;
  speaker_id: string;
  text: string;
  state: SpeechState;
};

const one = (ctx: Ctx, id: string) =>
  ctx.tx
    .selectFrom('speeches')
    .select(['id', 'topic_id', 'speaker_id', 'text', 'state'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id);

export const findSpeech = (ctx: Ctx, id: string) => one(ctx, id).executeTakeFirst() as Promise<Speech | undefined>;

export async function insertSpeech(
  ctx: Ctx,
  speech: Speech & { speaker_is_verified: boolean; reply_to_id: string | null; quote: string | null },
): Promise<void> {
  await ctx.tx
    .insertInto('speeches')
    .values({
      ...speech,
      community_id: ctx.community.id,
      said_at: ctx.now,
      search: sql<string>`${searchVector(speech.text)}::tsvector`,
    })
    .execute();
}

/** Photos of a speech: only what the speaker uploaded can be used. */
export async function addSpeechPhotos(ctx: Ctx, speech_id: string, hashes: string[]): Promise<void> {
  const wanted = await demandOwnPhotos(ctx, hashes);
  if (wanted.length === 0) return;
  await ctx.tx
    .insertInto('speech_photos')
    .values(wanted.map((file_hash, position) => ({ community_id: ctx.community.id, speech_id, file_hash, position })))
    .execute();
}

export type ShownSpeech = Speech & {
  speaker: string | null;
  speaker_is_verified: boolean;
  said_at: Date;
  reply_to_id: string | null;
  quote: string | null;
  marks: number;
  is_marked: boolean;
  photos: string[];
  hidden_because: { rule: string; reason: string | null } | null;
};

/** The speeches of a topic, oldest first, with marks, photos, and for what is hidden the reason. */
export async function speechesOf(ctx: Ctx, topic_id: string, page: { offset: number; limit: number }) {
  const { rows } = await sql<ShownSpeech>`
    select s.id, s.topic_id, s.speaker_id, s.text, s.state, p.public_name as speaker, s.speaker_is_verified, s.said_at, s.reply_to_id,
      s.quote,
      (select count(*)::int from speech_marks m where m.community_id = s.community_id and m.speech_id = s.id and m.withdrawn_at is null) as marks,
      exists (select 1 from speech_marks m where m.community_id = s.community_id and m.speech_id = s.id and m.person_id = ${ctx.actor.id}
        and m.withdrawn_at is null) as is_marked,
      coalesce((select json_agg(f.file_hash order by f.position) from speech_photos f
        where f.community_id = s.community_id and f.speech_id = s.id), '[]') as photos,
      (select json_build_object('rule', d.rule, 'reason', d.reason) from moderation_steps d where d.community_id = s.community_id
        and d.subject_id = s.id and s.state in ('hidden', 'refused') order by d.at desc, d.id desc limit 1) as hidden_because
    from (
      select * from speeches s where s.community_id = ${ctx.community.id} and s.topic_id = ${topic_id}
      order by s.said_at, s.id offset ${page.offset} limit ${page.limit}
    ) s left join people p on p.community_id = s.community_id and p.id = s.speaker_id
    order by s.said_at, s.id`.execute(ctx.tx);
  return rows;
}

/** Marks a speech, or takes the mark back. However often and at once it is sent, there is one row a person and speech. */
export async function writeMark(ctx: Ctx, speech_id: string, is_marked: boolean): Promise<void> {
  if (is_marked)
    await sql`insert into speech_marks (community_id, speech_id, person_id, marked_at)
      values (${ctx.community.id}, ${speech_id}, ${ctx.actor.id}, ${ctx.now})
      on conflict (community_id, speech_id, person_id)
      do update set marked_at = excluded.marked_at, withdrawn_at = null where speech_marks.withdrawn_at is not null`.execute(
      ctx.tx,
    );
  else
    await ctx.tx
      .updateTable('speech_marks')
      .set({ withdrawn_at: ctx.now })
      .where('community_id', '=', ctx.community.id)
      .where('speech_id', '=', speech_id)
      .where('person_id', '=', ctx.actor.id)
      .where('withdrawn_at', 'is', null)
      .execute();
}

export async function marksOf(ctx: Ctx, speech_id: string): Promise<number> {
  const { rows } = await sql<{ marks: number }>`
    select count(*)::int as marks from speech_marks where community_id = ${ctx.community.id} and speech_id = ${speech_id}
      and withdrawn_at is null`.execute(ctx.tx);
  return rows[0]!.marks;
}

/** True when a speech that everybody may read shows the photo; to moderators any speech. */
export async function isPhotoShown(ctx: Ctx, hash: string, to_moderators = false): Promise<boolean> {
  const { rows } = await sql<{ is_shown: boolean }>`
    select exists (select 1 from speech_photos f join speeches s on s.community_id = f.community_id and s.id = f.speech_id
      join topics t on t.community_id = s.community_id and t.id = s.topic_id
      where f.community_id = ${ctx.community.id} and f.file_hash = ${hash}
        and (${to_moderators} or (s.state = 'shown' and t.state in ('open', 'concluded')))) as is_shown`.execute(
    ctx.tx,
  );
  return rows[0]!.is_shown;
}
