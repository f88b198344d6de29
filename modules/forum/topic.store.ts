import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { searchQuery, searchVector } from '#platform/text_search.ts';
import type { Topic } from './topic.ts';
import { areCommon, topicHolds, topicsWith } from './topic_words.store.ts';

const COLUMNS = [
  ...([
    'id',
    'session_id',
    'title',
    'text',
    'raised_by_id',
    'raised_at',
    'spoken_at',
    'state',
    'summary',
    'outcome',
  ] as const),
  ...(['concluded_at', 'version'] as const),
] as const;

const one = (ctx: Ctx, id: string) =>
  ctx.tx.selectFrom('topics').select(COLUMNS).where('community_id', '=', ctx.community.id).where('id', '=', id);

export const findTopic = (ctx: Ctx, id: string) => one(ctx, id).executeTakeFirst() as Promise<Topic | undefined>;
export const lockTopic = (ctx: Ctx, id: string) =>
  one(ctx, id).forUpdate().executeTakeFirst() as Promise<Topic | undefined>;

export async function insertTopic(
  ctx: Ctx,
  topic: Pick<Topic, 'id' | 'session_id' | 'title' | 'text' | 'state'>,
): Promise<void> {
  await ctx.tx
    .insertInto('topics')
    .values({
      ...topic,
      community_id: ctx.community.id,
      raised_by_id: ctx.actor.id,
      raised_at: ctx.now,
      spoken_at: ctx.now,
      search: sql<string>`${searchVector(`${topic.title} ${topic.text}`)}::tsvector`,
    })
    .execute();
}

/** Changes a topic; refused as `stale` when somebody else has changed it since `version`. */
export async function changeTopic(
  ctx: Ctx,
  id: string,
  change: Partial<Omit<Topic, 'id' | 'version'>> & { concluded_by_id?: string },
  version?: number,
): Promise<void> {
  let update = ctx.tx
    .updateTable('topics')
    .set((e) => ({ ...change, version: e('version', '+', 1) }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id);
  if (version !== undefined) update = update.where('version', '=', version);
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'topic', id });
}

export type ListedTopic = Pick<
  Topic,
  'id' | 'title' | 'state' | 'raised_at' | 'spoken_at' | 'outcome' | 'session_id'
> & {
  raised_by: string | null;
  speeches: number;
  marks: number;
};

type By = {
  words?: string;
  phase: 'open' | 'concluded' | 'all';
  session_id?: string;
  offset: number;
  limit: number;
};

/** How many of the newest topics are gone along for common words before the index is asked. */
const NEWEST = 300;

/** Topics that everybody may read, where there was talk last first; words are looked for in titles, texts and speeches. */
export async function topicsBy(ctx: Ctx, by: By): Promise<ListedTopic[]> {
  const words = by.words ? searchQuery(by.words) : undefined;
  // Signs alone stand nowhere.
  if (words === null) return [];
  if (words === undefined) return pageOf(ctx, by, readable(ctx, by));
  if (by.offset === 0 && (await areCommon(ctx, words))) {
    const newest = sql`(${readable(ctx, by)} order by t.spoken_at desc, t.id desc limit ${NEWEST})`;
    const found = await pageOf(ctx, by, sql`select * from ${newest} t where ${topicHolds(words)}`);
    if (found.length === by.limit) return found;
  }
  return pageOf(ctx, by, sql`${readable(ctx, by)} and t.id in (${topicsWith(ctx, words)})`);
}

function readable(ctx: Ctx, { phase, session_id }: By) {
  const states = phase === 'all' ? ['open', 'concluded'] : [phase];
  return sql`select * from topics t where t.community_id = ${ctx.community.id} and t.state = any (${states}::text[])
    and (${session_id ?? null}::uuid is null or t.session_id = ${session_id ?? null}::uuid)`;
}

/** One page of some topics. It is found first, so that nothing is counted for the rows before it. */
async function pageOf(ctx: Ctx, by: By, topics: ReturnType<typeof sql>): Promise<ListedTopic[]> {
  const { rows } = await sql<ListedTopic>`
    select t.id, t.title, t.state, t.raised_at, t.spoken_at, t.outcome, t.session_id, p.public_name as raised_by,
      (select count(*)::int from speeches s where s.community_id = t.community_id and s.topic_id = t.id and s.state = 'shown') as speeches,
      (select count(*)::int from speech_marks m join speeches s on s.community_id = m.community_id and s.id = m.speech_id
        where m.community_id = t.community_id and s.topic_id = t.id and s.state = 'shown' and m.withdrawn_at is null) as marks
    from (
      ${topics} order by t.spoken_at desc, t.id desc offset ${by.offset} limit ${by.limit}
    ) t left join people p on p.community_id = t.community_id and p.id = t.raised_by_id
    order by t.spoken_at desc, t.id desc`.execute(ctx.tx);
  return rows;
}

export type TopicLink = { relation: string; kind: string; id: string; is_from: boolean };

/** What a topic came from and what came of it, along the links. */
export async function linksOf(ctx: Ctx, topic_id: string): Promise<TopicLink[]> {
  const { rows } = await sql<TopicLink>`
    select relation, from_kind as kind, from_id as id, true as is_from, at from links
      where community_id = ${ctx.community.id} and to_kind = 'topic' and to_id = ${topic_id}
    union all
    select relation, to_kind, to_id, false, at from links
      where community_id = ${ctx.community.id} and from_kind = 'topic' and from_id = ${topic_id}
    order by at limit 100`.execute(ctx.tx);
  return rows;
}

/** Topics that a thing was taken to or came out of, as far as everybody may read them. */
export async function topicsLinkedWith(ctx: Ctx, thing: { kind: string; id: string }) {
  const { rows } = await sql<{ id: string; title: string; relation: string }>`
    select t.id, t.title, l.relation from links l join topics t on t.community_id = l.community_id
      and t.id = case when l.to_kind = 'topic' then l.to_id else l.from_id end
    where l.community_id = ${ctx.community.id} and t.state in ('open', 'concluded')
      and ((l.from_kind = ${thing.kind} and l.from_id = ${thing.id} and l.to_kind = 'topic')
        or (l.to_kind = ${thing.kind} and l.to_id = ${thing.id} and l.from_kind = 'topic'))
    order by l.at limit 20`.execute(ctx.tx);
  return rows;
}
