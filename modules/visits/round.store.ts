import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { notFound } from '#platform/refusal.ts';
import { needsTwo } from './door.store.ts';
import type { Hours } from './quiet.ts';
import type { Outcome } from './visit.ts';
import type { WalkBy } from './walk.ts';

export type RoundRow = {
  id: string;
  worker_id: string;
  worker_name: string | null;
  planned_on: string;
  starts_at: Date;
  budget_minutes: number;
  walk_metres: number;
  /** Null where nobody planned a way: doors that were handed over, and rounds from before streets were asked. */
  walk_by: WalkBy | null;
  planned_at: Date;
  ended_at: Date | null;
  version: number;
  doors: number;
  visited: number;
  off: number;
};

/** A round with its counts: doors still on it, and those of them that have a visit the server holds. */
const roundColumns = sql`
  r.id, r.worker_id, w.public_name as worker_name, to_char(r.planned_on, 'YYYY-MM-DD') as planned_on, r.starts_at, r.budget_minutes,
  r.walk_metres, r.walk_by, r.planned_at, r.ended_at, r.version, d.doors, d.visited, d.off`;
const roundTables = sql`
  rounds r left join people w on w.community_id = r.community_id and w.id = r.worker_id
    cross join lateral (
      select count(*) filter (where d.off_at is null)::int as doors, count(*) filter (where d.off_at is not null)::int as off,
        count(*) filter (where d.off_at is null and exists (select 1 from visits v where v.community_id = d.community_id
          and v.round_id = d.round_id and v.household_id = d.household_id))::int as visited
      from round_doors d where d.community_id = r.community_id and d.round_id = r.id) d`;

export async function roundById(ctx: Ctx, id: string): Promise<RoundRow> {
  const { rows } = await sql<RoundRow>`
    select ${roundColumns} from ${roundTables} where r.community_id = ${ctx.community.id} and r.id = ${id}`.execute(
    ctx.tx,
  );
  return rows[0] ?? notFound('round', id);
}

/** Rounds of a worker, or of everybody, on and after a day; the newest day first. */
export async function roundsSince(
  ctx: Ctx,
  where: { worker_id: string | null; since_on: string; limit: number },
): Promise<RoundRow[]> {
  const { rows } = await sql<RoundRow>`
    select ${roundColumns} from ${roundTables}
    where r.community_id = ${ctx.community.id} and r.planned_on >= ${where.since_on}::date
      and (${where.worker_id}::uuid is null or r.worker_id = ${where.worker_id}::uuid)
    order by r.planned_on desc, r.starts_at desc, r.id desc limit ${where.limit}`.execute(ctx.tx);
  return rows;
}

export async function lockRound(ctx: Ctx, id: string): Promise<RoundRow> {
  await sql`select 1 from rounds where community_id = ${ctx.community.id} and id = ${id} for update`.execute(ctx.tx);
  return roundById(ctx, id);
}

export type NewRoundDoor = {
  household_id: string;
  occasion: string;
  reason: string;
  due_on: string;
  needs_two: boolean;
};

export async function insertRound(
  ctx: Ctx,
  round: {
    id: string;
    worker_id: string;
    planned_on: string;
    starts_at: Date;
    budget_minutes: number;
    walk_metres: number;
    walk_by: WalkBy | null;
  },
): Promise<void> {
  await ctx.tx
    .insertInto('rounds')
    .values({ ...round, community_id: ctx.community.id, planned_at: ctx.now, planned_by_id: ctx.actor.id })
    .execute();
}

/** Puts doors at the end of a round; one that was taken off it before is on it again. */
export async function addRoundDoors(ctx: Ctx, round_id: string, doors: readonly NewRoundDoor[]): Promise<void> {
  if (doors.length === 0) return;
  const column = <K extends keyof NewRoundDoor>(name: K) => doors.map((door) => door[name]);
  await sql`
    insert into round_doors (community_id, round_id, household_id, position, occasion, reason, due_on, needs_two, added_at)
    select ${ctx.community.id}::uuid, ${round_id}::uuid, n.household_id,
      (select coalesce(max(position), 0) from round_doors where community_id = ${ctx.community.id} and round_id = ${round_id}) + n.i,
      n.occasion, n.reason, n.due_on, n.needs_two, ${ctx.now}
    from unnest(${column('household_id')}::uuid[], ${column('occasion')}::text[], ${column('reason')}::text[],
      ${column('due_on')}::date[], ${column('needs_two')}::boolean[]) with ordinality
      as n (household_id, occasion, reason, due_on, needs_two, i)
    on conflict (community_id, round_id, household_id) do update set off_at = null, off_because = null, position = excluded.position`.execute(
    ctx.tx,
  );
}

export type RoundDoor = {
  household_id: string;
  position: number;
  occasion: string;
  reason: string;
  due_on: string;
  needs_two: boolean;
  building_id: string;
  building_names: Record<string, string>;
  latitude: number;
  longitude: number;
  grid_id: string | null;
  unit: number;
  floor: number;
  door: string;
  no_knock: boolean;
  wish: Hours | null;
  visit_id: string | null;
  outcome: Outcome | null;
};

/** The doors still on a round, in their order, each with the last visit of this round to it. */
export async function doorsOfRound(ctx: Ctx, round_id: string): Promise<RoundDoor[]> {
  const { rows } = await sql<RoundDoor>`
    select d.household_id, d.position, d.occasion, d.reason, to_char(d.due_on, 'YYYY-MM-DD') as due_on, ${needsTwo(ctx)} as needs_two,
      h.building_id, b.names as building_names, b.latitude, b.longitude, b.grid_id, h.unit, h.floor, h.door,
      coalesce(w.wish = 'no_knock', false) as no_knock,
      case when w.wish = 'only_between' then jsonb_build_object('from_minute', w.from_minute, 'until_minute', w.until_minute) end as wish,
      v.id as visit_id, v.outcome
    from round_doors d
      join households h on h.community_id = d.community_id and h.id = d.household_id
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
      left join knock_wishes w on w.community_id = h.community_id and w.household_id = h.id and w.ended_at is null
      left join lateral (select v.id, v.outcome from visits v where v.community_id = d.community_id and v.round_id = d.round_id
        and v.household_id = d.household_id order by v.knocked_at desc limit 1) v on true
    where d.community_id = ${ctx.community.id} and d.round_id = ${round_id} and d.off_at is null
    order by d.position`.execute(ctx.tx);
  return rows;
}

/** Of some households, those that stand unvisited on a round that has not ended, from a day on. */
export async function onRounds(ctx: Ctx, household_ids: readonly string[], from_on: string): Promise<Set<string>> {
  if (household_ids.length === 0) return new Set();
  const { rows } = await sql<{ household_id: string }>`
    select distinct d.household_id from round_doors d join rounds r on r.community_id = d.community_id and r.id = d.round_id
    where d.community_id = ${ctx.community.id} and d.household_id = any (${[...household_ids]}::uuid[]) and d.off_at is null
      and r.ended_at is null and r.planned_on >= ${from_on}::date
      and not exists (select 1 from visits v where v.community_id = d.community_id and v.round_id = d.round_id and v.household_id = d.household_id)`.execute(
    ctx.tx,
  );
  return new Set(rows.map((row) => row.household_id));
}

/** Takes doors without a visit off rounds that have not ended, except those of `keep_worker_id`; says what they were. */
export async function takeOffRounds(
  ctx: Ctx,
  household_ids: readonly string[],
  keep_worker_id: string,
): Promise<(NewRoundDoor & { round_id: string; planned_on: string; worker_id: string })[]> {
  if (household_ids.length === 0) return [];
  const { rows } = await sql<NewRoundDoor & { round_id: string; planned_on: string; worker_id: string }>`
    update round_doors d set off_at = ${ctx.now}, off_because = 'handed_over'
    from rounds r
    where d.community_id = ${ctx.community.id} and d.household_id = any (${[...household_ids]}::uuid[]) and d.off_at is null
      and r.community_id = d.community_id and r.id = d.round_id and r.ended_at is null and r.worker_id <> ${keep_worker_id}
      and not exists (select 1 from visits v where v.community_id = d.community_id and v.round_id = d.round_id and v.household_id = d.household_id)
    returning d.round_id, d.household_id, d.occasion, d.reason, to_char(d.due_on, 'YYYY-MM-DD') as due_on, d.needs_two,
      to_char(r.planned_on, 'YYYY-MM-DD') as planned_on, r.worker_id`.execute(ctx.tx);
  return rows;
}

/** The round of a worker on a day that has not ended, or null. */
export async function openRoundOn(ctx: Ctx, worker_id: string, planned_on: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from rounds where community_id = ${ctx.community.id} and worker_id = ${worker_id} and planned_on = ${planned_on}::date
      and ended_at is null order by id limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}

export async function takeDoorOut(ctx: Ctx, round_id: string, household_id: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('round_doors')
    .set({ off_at: ctx.now, off_because: 'taken_out' })
    .where('community_id', '=', ctx.community.id)
    .where('round_id', '=', round_id)
    .where('household_id', '=', household_id)
    .where('off_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function changeRound(
  ctx: Ctx,
  id: string,
  change: { ended_at?: Date; version: number; walk_metres?: number },
): Promise<void> {
  await ctx.tx
    .updateTable('rounds')
    .set(change)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** Doors without a visit that stand on open rounds of a worker in one grid. */
export async function unfinishedIn(ctx: Ctx, worker_id: string, grid_id: string): Promise<string[]> {
  const { rows } = await sql<{ household_id: string }>`
    select distinct d.household_id from round_doors d join rounds r on r.community_id = d.community_id and r.id = d.round_id
      join households h on h.community_id = d.community_id and h.id = d.household_id
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
    where d.community_id = ${ctx.community.id} and r.worker_id = ${worker_id} and b.grid_id = ${grid_id} and d.off_at is null and r.ended_at is null
      and not exists (select 1 from visits v where v.community_id = d.community_id and v.round_id = d.round_id and v.household_id = d.household_id)
    order by d.household_id`.execute(ctx.tx);
  return rows.map((row) => row.household_id);
}
