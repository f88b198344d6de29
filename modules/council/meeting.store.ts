import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import type { Meeting } from './meeting.ts';

const COLUMNS = [
  ...(['id', 'organisation_id', 'titles', 'place_text', 'starts_at', 'ends_at', 'called_at', 'opened_at'] as const),
  ...(['closed_at', 'cancelled_at', 'cancelled_reason', 'rules', 'chair_id', 'minutes_adopted_at'] as const),
  ...(['minutes_adopted_by_id', 'minutes_published_at', 'minutes_text', 'minutes_sha256', 'version'] as const),
] as const;

const one = (ctx: Ctx, id: string) =>
  ctx.tx.selectFrom('meetings').select(COLUMNS).where('community_id', '=', ctx.community.id).where('id', '=', id);

export const findMeeting = (ctx: Ctx, id: string) => one(ctx, id).executeTakeFirst() as Promise<Meeting | undefined>;

/** Locked: what happens in a meeting happens one after the other; those who vote only share it. */
export const lockMeeting = (ctx: Ctx, id: string, how: 'update' | 'share') =>
  (how === 'update' ? one(ctx, id).forUpdate() : one(ctx, id).forShare()).executeTakeFirst() as Promise<
    Meeting | undefined
  >;

type Plan = Pick<Meeting, 'id' | 'organisation_id' | 'titles' | 'place_text' | 'starts_at' | 'ends_at'>;

export async function insertMeeting(ctx: Ctx, { titles, ...plan }: Plan): Promise<void> {
  await ctx.tx
    .insertInto('meetings')
    .values({
      ...{ ...plan, titles: JSON.stringify(titles), community_id: ctx.community.id },
      ...{ created_at: ctx.now, created_by_id: ctx.actor.id },
    })
    .execute();
}

/** Changes a meeting; refused as `stale` when somebody else has changed it since `version`. */
export async function changeMeeting(
  ctx: Ctx,
  id: string,
  { titles, rules, minutes_text, ...rest }: Partial<Omit<Meeting, 'id' | 'version'>>,
  version?: number,
): Promise<void> {
  let update = ctx.tx
    .updateTable('meetings')
    .set((e) => ({
      ...rest,
      ...(titles && { titles: JSON.stringify(titles) }),
      ...(rules && { rules: JSON.stringify(rules) }),
      ...(minutes_text && { minutes_text: JSON.stringify(minutes_text) }),
      version: e('version', '+', 1),
    }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id);
  if (version !== undefined) update = update.where('version', '=', version);
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'meeting', id });
}

export type ListedMeeting = Omit<Meeting, 'rules' | 'minutes_text'> & {
  items: number;
  motions: number;
  decided: number;
};
type By = { organisation_id?: string; when: 'coming' | 'past' | 'all'; offset: number; limit: number };

/** Meetings to come (or under way), the next first; or past ones, the latest first. */
export async function meetingsBy(ctx: Ctx, { organisation_id = null as never, when, offset, limit }: By) {
  const isComing = when === 'coming';
  const { rows } = await sql<ListedMeeting>`
    select m.id, m.organisation_id, m.titles, m.place_text, m.starts_at, m.ends_at, m.called_at, m.opened_at, m.closed_at,
      m.cancelled_at, m.cancelled_reason, m.chair_id, m.minutes_adopted_at, m.minutes_adopted_by_id, m.minutes_published_at,
      m.minutes_sha256, m.version,
      (select count(*)::int from agenda_items i where i.community_id = m.community_id and i.meeting_id = m.id and i.dropped_at is null) as items,
      (select count(*)::int from motions o where o.community_id = m.community_id and o.meeting_id = m.id and o.amends_id is null) as motions,
      (select count(*)::int from motions o where o.community_id = m.community_id and o.meeting_id = m.id and o.amends_id is null
        and o.state in ('carried', 'lost')) as decided
    from meetings m
    where m.community_id = ${ctx.community.id} and (${organisation_id}::uuid is null or m.organisation_id = ${organisation_id}::uuid)
      and (${when} = 'all' or ${isComing} = (m.closed_at is null and m.cancelled_at is null))
    order by case when ${isComing} then m.starts_at end, m.starts_at desc, m.id offset ${offset} limit ${limit}`.execute(
    ctx.tx,
  );
  return rows;
}

export type Attendance = { person_id: string; arrived_at: Date; left_at: Date | null; name: string | null };

/** Who was in the room, from when to when, in the order they came. */
export async function attendancesOf(ctx: Ctx, meeting_id: string): Promise<Attendance[]> {
  const { rows } = await sql<Attendance>`
    select a.person_id, a.arrived_at, a.left_at, p.public_name as name from meeting_attendances a
    left join people p on p.community_id = a.community_id and p.id = a.person_id
    where a.community_id = ${ctx.community.id} and a.meeting_id = ${meeting_id} order by a.arrived_at, a.person_id`.execute(
    ctx.tx,
  );
  return rows;
}

/** Somebody comes in: false when they are in the room already. Who left at this very instant never left. */
export async function arrive(ctx: Ctx, meeting_id: string, person_id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into meeting_attendances (community_id, meeting_id, person_id, arrived_at, recorded_by_id)
    select ${ctx.community.id}::uuid, ${meeting_id}::uuid, ${person_id}::uuid, ${ctx.now}::timestamptz, ${ctx.actor.id}::uuid
    where not exists (select 1 from meeting_attendances a where a.community_id = ${ctx.community.id}
      and a.meeting_id = ${meeting_id} and a.person_id = ${person_id} and a.left_at is null)
    on conflict (community_id, meeting_id, person_id, arrived_at) do update set left_at = null`.execute(ctx.tx);
  return numAffectedRows === 1n;
}

/** Somebody leaves, or everybody who is left when nobody is named; how many left. */
export async function leave(ctx: Ctx, meeting_id: string, person_id?: string): Promise<number> {
  let update = ctx.tx
    .updateTable('meeting_attendances')
    .set({ left_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('meeting_id', '=', meeting_id)
    .where('left_at', 'is', null);
  if (person_id) update = update.where('person_id', '=', person_id);
  return Number((await update.executeTakeFirst()).numUpdatedRows);
}
