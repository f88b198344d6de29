import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import type { Session, Turn } from './session.ts';

const COLUMNS = [
  ...(['id', 'titles', 'about', 'held', 'place_text', 'online_url', 'starts_at', 'ends_at', 'speech_seconds'] as const),
  ...(['secretary_id', 'opened_at', 'closed_at', 'cancelled_at', 'cancelled_reason', 'version'] as const),
] as const;

const one = (ctx: Ctx, id: string) =>
  ctx.tx.selectFrom('forum_sessions').select(COLUMNS).where('community_id', '=', ctx.community.id).where('id', '=', id);

export const findSession = (ctx: Ctx, id: string) => one(ctx, id).executeTakeFirst() as Promise<Session | undefined>;

/** Locked: the speaking list and the minutes of a session change one after the other. */
export const lockSession = (ctx: Ctx, id: string) =>
  one(ctx, id).forUpdate().executeTakeFirst() as Promise<Session | undefined>;

export async function insertSession(
  ctx: Ctx,
  {
    titles,
    about,
    ...session
  }: Omit<Session, 'version' | 'opened_at' | 'closed_at' | 'cancelled_at' | 'cancelled_reason'>,
): Promise<void> {
  await ctx.tx
    .insertInto('forum_sessions')
    .values({
      ...session,
      titles: JSON.stringify(titles),
      about: JSON.stringify(about),
      community_id: ctx.community.id,
      created_at: ctx.now,
      created_by_id: ctx.actor.id,
    })
    .execute();
}

/** Changes a session; refused as `stale` when somebody else has changed it since `version`. */
export async function changeSession(
  ctx: Ctx,
  id: string,
  { titles, about, ...rest }: Partial<Omit<Session, 'id' | 'version'>>,
  version?: number,
): Promise<void> {
  let update = ctx.tx
    .updateTable('forum_sessions')
    .set((e) => ({
      ...rest,
      ...(titles && { titles: JSON.stringify(titles) }),
      ...(about && { about: JSON.stringify(about) }),
      version: e('version', '+', 1),
    }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id);
  if (version !== undefined) update = update.where('version', '=', version);
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'forum_session', id });
}

export type ListedSession = Session & { topics: number; spoken: number };

/** Sessions by their day: those to come, the next first, or those that are over, the latest first. */
export async function sessionsBy(
  ctx: Ctx,
  by: { when: 'coming' | 'past' | 'all'; offset: number; limit: number },
): Promise<ListedSession[]> {
  const coming = sql`(s.closed_at is null and s.cancelled_at is null and s.ends_at > ${ctx.now}::timestamptz - interval '12 hours')`;
  const wanted = by.when === 'coming' ? coming : by.when === 'past' ? sql`not ${coming}` : sql`true`;
  const order = by.when === 'coming' ? sql`s.starts_at, s.id` : sql`s.starts_at desc, s.id`;
  const { rows } = await sql<ListedSession>`
    select ${sql.join(COLUMNS.map((name) => sql.ref(`s.${name}`)))},
      (select count(*)::int from topics t where t.community_id = s.community_id and t.session_id = s.id and t.state in ('open', 'concluded')) as topics,
      (select count(*)::int from speaking_turns u where u.community_id = s.community_id and u.session_id = s.id and u.ended_at is not null) as spoken
    from (
      select * from forum_sessions s where s.community_id = ${ctx.community.id} and ${wanted}
      order by ${order} offset ${by.offset} limit ${by.limit}
    ) s order by ${order}`.execute(ctx.tx);
  return rows;
}

/** The turns of a session in the order in which people asked, with the names they show. */
export async function turnsOf(ctx: Ctx, session_id: string): Promise<Turn[]> {
  const { rows } = await sql<Turn>`
    select u.id, u.number, u.person_id, coalesce(u.shown_name, p.public_name) as name, u.topic_id, u.asked_at, u.started_at,
      u.ended_at, u.left_at
    from speaking_turns u left join people p on p.community_id = u.community_id and p.id = u.person_id
    where u.community_id = ${ctx.community.id} and u.session_id = ${session_id} order by u.number`.execute(ctx.tx);
  return rows;
}

/** Puts somebody at the end of the list; the session is locked, so numbers are without gaps. */
export async function insertTurn(
  ctx: Ctx,
  turn: {
    id: string;
    session_id: string;
    topic_id: string | null;
    person_id: string | null;
    shown_name: string | null;
  },
): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into speaking_turns (community_id, id, session_id, topic_id, person_id, shown_name, number, asked_at)
    select ${ctx.community.id}::uuid, ${turn.id}::uuid, ${turn.session_id}::uuid, ${turn.topic_id}::uuid, ${turn.person_id}::uuid,
      ${turn.shown_name}::text, coalesce(max(number), 0) + 1, ${ctx.now}::timestamptz
    from speaking_turns where community_id = ${ctx.community.id} and session_id = ${turn.session_id} returning number`.execute(
    ctx.tx,
  );
  return rows[0]!.number;
}

export async function changeTurn(
  ctx: Ctx,
  id: string,
  change: { started_at?: Date; ended_at?: Date; left_at?: Date },
): Promise<void> {
  await ctx.tx
    .updateTable('speaking_turns')
    .set(change)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}
