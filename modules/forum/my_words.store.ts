import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

const MOST = 2_000;

/** Everything of the forum that is somebody's own, each kind the latest first. */
export async function wordsOf(ctx: Ctx, person_id: string) {
  const own = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(ctx.tx)).rows;
  const community = ctx.community.id;
  return {
    forum_topics: await own(sql<{ title: string; text: string; raised_at: Date; state: string }>`
      select title, text, raised_at, state from topics where community_id = ${community} and raised_by_id = ${person_id}
      order by raised_at desc, id limit ${MOST}`),
    forum_speeches: await own(sql<{ topic: string; text: string; said_at: Date; state: string }>`
      select t.title as topic, s.text, s.said_at, s.state from speeches s
        join topics t on t.community_id = s.community_id and t.id = s.topic_id
      where s.community_id = ${community} and s.speaker_id = ${person_id} order by s.said_at desc, s.id limit ${MOST}`),
    forum_statements: await own(sql<{ topic: string; text: string; written_at: Date; state: string }>`
      select t.title as topic, s.text, s.written_at, s.state from statements s
        join topics t on t.community_id = s.community_id and t.id = s.topic_id
      where s.community_id = ${community} and s.written_by_id = ${person_id} order by s.written_at desc, s.id limit ${MOST}`),
    forum_opinions: await own(sql<{ statement: string; opinion: string; given_at: Date }>`
      select s.text as statement, o.opinion, o.given_at from opinions o
        join statements s on s.community_id = o.community_id and s.id = o.statement_id
      where o.community_id = ${community} and o.person_id = ${person_id} order by o.given_at desc, s.id limit ${MOST}`),
    forum_marks: await own(sql<{ speech: string; marked_at: Date; withdrawn_at: Date | null }>`
      select s.text as speech, m.marked_at, m.withdrawn_at from speech_marks m
        join speeches s on s.community_id = m.community_id and s.id = m.speech_id
      where m.community_id = ${community} and m.person_id = ${person_id} order by m.marked_at desc, s.id limit ${MOST}`),
    post_invitations: await own(sql<{
      post: Record<string, string>;
      reason: string;
      invited_at: Date;
      answer: string | null;
    }>`
      select p.names as post, i.reason, i.invited_at, i.answer from post_invitations i
        join posts p on p.community_id = i.community_id and p.id = i.post_id
      where i.community_id = ${community} and i.person_id = ${person_id} order by i.invited_at desc, i.id limit ${MOST}`),
  };
}
