import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Rule, SpeechState, Step } from './speech.ts';

export type Subject = { kind: 'topic' | 'speech' | 'statement'; id: string };
export type Moderated = { author_id: string; topic_id: string; title: string; state: SpeechState };

/** What is moderated, locked. A topic that is open or concluded is shown. */
export async function lockModerated(ctx: Ctx, { kind, id }: Subject): Promise<Moderated | undefined> {
  const community = ctx.community.id;
  const found =
    kind === 'topic'
      ? sql<Moderated>`select raised_by_id as author_id, id as topic_id, title,
          case when state in ('open', 'concluded') then 'shown' else state end as state
          from topics where community_id = ${community} and id = ${id} for update`
      : kind === 'speech'
        ? sql<Moderated>`select s.speaker_id as author_id, s.topic_id, t.title, s.state from speeches s
            join topics t on t.community_id = s.community_id and t.id = s.topic_id
            where s.community_id = ${community} and s.id = ${id} for update of s`
        : sql<Moderated>`select s.written_by_id as author_id, s.topic_id, t.title, s.state from statements s
            join topics t on t.community_id = s.community_id and t.id = s.topic_id
            where s.community_id = ${community} and s.id = ${id} for update of s`;
  return (await found.execute(ctx.tx)).rows[0];
}

/** Gives it its state; a topic shown again is open, or concluded when it was. What is let through counts as said now. */
export async function changeModerated(ctx: Ctx, { kind, id }: Subject, state: SpeechState): Promise<void> {
  const community = ctx.community.id;
  if (kind === 'topic')
    await sql`update topics set version = version + 1,
      state = case when ${state} = 'shown' then case when concluded_at is null then 'open' else 'concluded' end else ${state} end
      where community_id = ${community} and id = ${id}`.execute(ctx.tx);
  else
    await sql`update ${sql.table(kind === 'speech' ? 'speeches' : 'statements')} set state = ${state}
      where community_id = ${community} and id = ${id}`.execute(ctx.tx);
}

export async function insertStep(
  ctx: Ctx,
  {
    subject,
    ...step
  }: { id: string; step: Step; subject: Subject; topic_id: string; rule: Rule; reason: string | null },
): Promise<void> {
  await ctx.tx
    .insertInto('moderation_steps')
    .values({
      ...{ ...step, subject_kind: subject.kind, subject_id: subject.id },
      ...{ community_id: ctx.community.id, at: ctx.now, actor_id: ctx.actor.id },
    })
    .execute();
}

export type LoggedStep = {
  id: string;
  at: Date;
  step: Step;
  subject_kind: Subject['kind'];
  subject_id: string;
  topic_id: string;
  title: string | null;
  rule: Rule;
  reason: string | null;
  moderator: string | null;
};

/** The log, the latest first; the title of a topic only while it may be read. */
export async function stepsBefore(ctx: Ctx, page: { before?: string; limit: number }): Promise<LoggedStep[]> {
  const { rows } = await sql<LoggedStep>`
    select d.id, d.at, d.step, d.subject_kind, d.subject_id, d.topic_id, d.rule, d.reason, p.public_name as moderator,
      case when t.state in ('open', 'concluded') then t.title end as title
    from moderation_steps d join topics t on t.community_id = d.community_id and t.id = d.topic_id
      left join people p on p.community_id = d.community_id and p.id = d.actor_id
    where d.community_id = ${ctx.community.id} and (${page.before ?? null}::uuid is null or (d.at, d.id) < (
      select b.at, b.id from moderation_steps b where b.community_id = d.community_id and b.id = ${page.before ?? null}::uuid))
    order by d.at desc, d.id desc limit ${page.limit}`.execute(ctx.tx);
  return rows;
}

export type Waiting = {
  kind: Subject['kind'];
  id: string;
  topic_id: string;
  title: string;
  text: string;
  at: Date;
  author: string | null;
};

/** What waits to be read before it is shown, the oldest first. */
export async function waitingForReview(ctx: Ctx, limit: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select w.kind, w.id, w.topic_id, t.title, w.text, w.at, p.public_name as author from (
      select 'topic' as kind, id, id as topic_id, text, raised_at as at, raised_by_id as author_id from topics
        where community_id = ${ctx.community.id} and state = 'waiting'
      union all
      select 'speech', id, topic_id, text, said_at, speaker_id from speeches
        where community_id = ${ctx.community.id} and state = 'waiting'
      union all
      select 'statement', id, topic_id, text, written_at, written_by_id from statements
        where community_id = ${ctx.community.id} and state = 'waiting') w
    join topics t on t.community_id = ${ctx.community.id} and t.id = w.topic_id
    left join people p on p.community_id = ${ctx.community.id} and p.id = w.author_id
    order by w.at, w.id limit ${limit}`.execute(ctx.tx);
  return rows;
}

export async function countWaiting(ctx: Ctx): Promise<number> {
  const community = ctx.community.id;
  const { rows } = await sql<{ waiting: number }>`
    select (select count(*) from topics where community_id = ${community} and state = 'waiting')::int
      + (select count(*) from speeches where community_id = ${community} and state = 'waiting')::int
      + (select count(*) from statements where community_id = ${community} and state = 'waiting')::int as waiting`.execute(
    ctx.tx,
  );
  return rows[0]!.waiting;
}
