import { sql } from 'kysely';
import type { OpinionMap } from '#engines/opinion_map/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { OpinionWord, Statement } from './statement.ts';

const COLUMNS = ['id', 'topic_id', 'number', 'text', 'written_by_id', 'state'] as const;

export async function findStatement(ctx: Ctx, id: string): Promise<Statement | undefined> {
  return ctx.tx
    .selectFrom('statements')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .executeTakeFirst() as Promise<Statement | undefined>;
}

/** Every statement of a topic by its number, whatever its state. */
export async function statementsOf(ctx: Ctx, topic_id: string): Promise<Statement[]> {
  return ctx.tx
    .selectFrom('statements')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('topic_id', '=', topic_id)
    .orderBy('number')
    .execute() as Promise<Statement[]>;
}

/** How many statements of a topic everybody may read. */
export async function countStatements(ctx: Ctx, topic_id: string): Promise<number> {
  const { shown } = await ctx.tx
    .selectFrom('statements')
    .select((e) => e.cast<number>(e.fn.countAll(), 'integer').as('shown'))
    .where('community_id', '=', ctx.community.id)
    .where('topic_id', '=', topic_id)
    .where('state', '=', 'shown')
    .executeTakeFirstOrThrow();
  return shown;
}

/** Writes a statement down under the next number of its topic, which is locked. */
export async function insertStatement(ctx: Ctx, statement: Omit<Statement, 'number'>): Promise<void> {
  await sql`
    insert into statements (community_id, id, topic_id, number, text, written_by_id, written_at, state)
    select ${ctx.community.id}::uuid, ${statement.id}::uuid, ${statement.topic_id}::uuid, coalesce(max(number), 0) + 1,
      ${statement.text}::text, ${statement.written_by_id}::uuid, ${ctx.now}::timestamptz, ${statement.state}::text
    from statements where community_id = ${ctx.community.id} and topic_id = ${statement.topic_id}`.execute(ctx.tx);
}

/** What somebody thinks of a statement. However often and at once it is sent, there is one row a person and statement. */
export async function writeOpinion(ctx: Ctx, statement_id: string, opinion: OpinionWord): Promise<void> {
  await sql`
    insert into opinions (community_id, statement_id, person_id, opinion, given_at)
    values (${ctx.community.id}, ${statement_id}, ${ctx.actor.id}, ${opinion}, ${ctx.now})
    on conflict (community_id, statement_id, person_id)
    do update set opinion = excluded.opinion, given_at = excluded.given_at where opinions.opinion <> excluded.opinion`.execute(
    ctx.tx,
  );
}

/** What the actor thinks of the statements of a topic; nobody reads another's. */
export async function ownOpinions(ctx: Ctx, topic_id: string): Promise<Map<string, OpinionWord>> {
  const { rows } = await sql<{ statement_id: string; opinion: OpinionWord }>`
    select o.statement_id, o.opinion from opinions o
      join statements s on s.community_id = o.community_id and s.id = o.statement_id
    where o.community_id = ${ctx.community.id} and s.topic_id = ${topic_id} and o.person_id = ${ctx.actor.id}`.execute(
    ctx.tx,
  );
  return new Map(rows.map((row) => [row.statement_id, row.opinion]));
}

/** Statements shown that the actor has no opinion on yet, in an order of the actor's own, so that none is always the first. */
export async function unanswered(
  ctx: Ctx,
  topic_id: string,
  limit: number,
): Promise<Pick<Statement, 'id' | 'number' | 'text'>[]> {
  const { rows } = await sql<Pick<Statement, 'id' | 'number' | 'text'>>`
    select s.id, s.number, s.text from statements s
    where s.community_id = ${ctx.community.id} and s.topic_id = ${topic_id} and s.state = 'shown' and not exists (
      select 1 from opinions o where o.community_id = s.community_id and o.statement_id = s.id and o.person_id = ${ctx.actor.id})
    order by md5(s.id::text || ${ctx.actor.id}), s.id limit ${limit}`.execute(ctx.tx);
  return rows;
}

export type DrawnMap = { drawn_at: Date; map: OpinionMap };

export async function mapOf(ctx: Ctx, topic_id: string): Promise<DrawnMap | undefined> {
  return ctx.tx
    .selectFrom('opinion_maps')
    .select(['drawn_at', 'map'])
    .where('community_id', '=', ctx.community.id)
    .where('topic_id', '=', topic_id)
    .executeTakeFirst() as unknown as Promise<DrawnMap | undefined>;
}

export async function writeMap(ctx: Ctx, topic_id: string, map: OpinionMap): Promise<void> {
  await sql`
    insert into opinion_maps (community_id, topic_id, drawn_at, map)
    values (${ctx.community.id}, ${topic_id}, ${ctx.now}, ${JSON.stringify(map)}::jsonb)
    on conflict (community_id, topic_id) do update set drawn_at = excluded.drawn_at, map = excluded.map`.execute(
    ctx.tx,
  );
}

/** All opinions on the statements shown of a topic. For the map alone. */
export async function opinionsOn(ctx: Ctx, topic_id: string) {
  const { rows } = await sql<{ participant: string; statement: string; opinion: OpinionWord }>`
    select o.person_id as participant, o.statement_id as statement, o.opinion from opinions o
      join statements s on s.community_id = o.community_id and s.id = o.statement_id
    where o.community_id = ${ctx.community.id} and s.topic_id = ${topic_id} and s.state = 'shown'`.execute(ctx.tx);
  return rows;
}

/** Topics on which at least so many people said something since their map was drawn. */
export async function topicsToDraw(ctx: Ctx, least: number, topic_id: string | null = null): Promise<string[]> {
  const { rows } = await sql<{ topic_id: string }>`
    select s.topic_id from statements s
      join opinions o on o.community_id = s.community_id and o.statement_id = s.id
      left join opinion_maps m on m.community_id = s.community_id and m.topic_id = s.topic_id
    where s.community_id = ${ctx.community.id} and s.state = 'shown' and (m.drawn_at is null or o.given_at > m.drawn_at)
      and (${topic_id}::uuid is null or s.topic_id = ${topic_id}::uuid)
    group by s.topic_id having count(distinct o.person_id) >= ${least} order by s.topic_id`.execute(ctx.tx);
  return rows.map((row) => row.topic_id);
}
