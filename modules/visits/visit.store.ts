import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { open, seal } from '#platform/crypto.ts';
import { notFound } from '#platform/refusal.ts';
import { needsTwo } from './door.store.ts';
import { type Outcome, type Seen, sealedPlace } from './visit.ts';

export type DoorRow = {
  id: string;
  building_id: string;
  grid_id: string | null;
  building_names: Record<string, string>;
  latitude: number;
  longitude: number;
  unit: number;
  floor: number;
  door: string;
  door_worker_id: string | null;
  needs_two: boolean;
};

const doorColumns = (ctx: Ctx) => sql`
  h.id, h.building_id, b.grid_id, b.names as building_names, b.latitude, b.longitude, h.unit, h.floor, h.door,
  (select t.worker_id from door_terms t where t.community_id = h.community_id and t.household_id = h.id and t.ended_at is null) as door_worker_id,
  ${needsTwo(ctx)} as needs_two`;

/** Doors with where they are and who was given them. */
export async function doorsByIds(ctx: Ctx, ids: readonly string[]): Promise<DoorRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<DoorRow>`
    select ${doorColumns(ctx)}
    from households h join buildings b on b.community_id = h.community_id and b.id = h.building_id
    where h.community_id = ${ctx.community.id} and h.id = any (${[...ids]}::uuid[]) and h.ended_at is null`.execute(
    ctx.tx,
  );
  return rows;
}

/** A door, or not found. */
export async function doorById(ctx: Ctx, id: string): Promise<DoorRow> {
  return (await doorsByIds(ctx, [id]))[0] ?? notFound('household', id);
}

/** Holds a door until the command ends, so that two who knock at once see each other. */
export async function lockDoor(ctx: Ctx, id: string): Promise<void> {
  await sql`select 1 from households where community_id = ${ctx.community.id} and id = ${id} for update`.execute(
    ctx.tx,
  );
}

export type NewVisit = {
  id: string;
  round_id: string | null;
  household_id: string;
  building_id: string;
  grid_id: string | null;
  companion_id: string | null;
  occasion: string;
  outcome: Outcome;
  knocked_at: Date;
  knocked_on: string;
  device_id: string | null;
  device_order: number | null;
  device_at: Date | null;
  device_offset_seconds: number | null;
  clock_is_skewed: boolean;
  packed_at: Date | null;
  seen: readonly Seen[];
  asked: readonly string[];
  note: string | undefined;
  letter_delivered: boolean;
  reply_brought_back: boolean;
  needed_two: boolean;
  come_again_on: string | null;
};

export async function insertVisit(ctx: Ctx, { note, ...visit }: NewVisit): Promise<void> {
  await ctx.tx
    .insertInto('visits')
    .values({
      ...visit,
      community_id: ctx.community.id,
      worker_id: ctx.actor.id,
      received_at: ctx.now,
      seen: [...visit.seen],
      asked: [...visit.asked],
      note_sealed: note ? seal(ctx.keys, sealedPlace.note(visit.id), note) : null,
    })
    .execute();
}

export async function insertNeed(
  ctx: Ctx,
  need: { visit_id: string; request_id: string; kind: string; settled: string; promised_on: string | null },
): Promise<void> {
  await ctx.tx
    .insertInto('visit_needs')
    .values({ ...need, community_id: ctx.community.id })
    .execute();
}

export async function insertFiles(
  ctx: Ctx,
  visit_id: string,
  files: readonly { source_hash: string; kind: 'photo' | 'voice' }[],
): Promise<void> {
  if (files.length === 0) return;
  await ctx.tx
    .insertInto('visit_files')
    .values(files.map((file, position) => ({ ...file, community_id: ctx.community.id, visit_id, position })))
    .execute();
}

/** The newest knock that a phone recorded before its own `order`: what comes after it was later, whatever its clock says. */
export async function knockBefore(ctx: Ctx, device_id: string, order: number): Promise<Date | null> {
  const { rows } = await sql<{ knocked_at: Date }>`
    select knocked_at from visits where community_id = ${ctx.community.id} and device_id = ${device_id}
      and device_order < ${order} order by device_order desc limit 1`.execute(ctx.tx);
  return rows[0]?.knocked_at ?? null;
}

export type VisitRow = {
  id: string;
  household_id: string;
  grid_id: string | null;
  building_names: Record<string, string>;
  unit: number;
  door: string;
  worker_id: string;
  worker_name: string | null;
  companion_name: string | null;
  occasion: string;
  outcome: Outcome;
  knocked_at: Date;
  received_at: Date;
  clock_is_skewed: boolean;
  seen: Seen[];
  asked: string[];
  letter_delivered: boolean;
  reply_brought_back: boolean;
  needed_two: boolean;
  companion_id: string | null;
  come_again_on: string | null;
  door_worker_id: string | null;
  is_set_aside: boolean;
  has_note: boolean;
};

const visitColumns = sql`
  v.id, v.household_id, v.grid_id, b.names as building_names, h.unit, h.door, v.worker_id, w.public_name as worker_name,
  c.public_name as companion_name, v.companion_id, v.occasion, v.outcome, v.knocked_at, v.received_at, v.clock_is_skewed, v.seen, v.asked,
  v.letter_delivered, v.reply_brought_back, v.needed_two, to_char(v.come_again_on, 'YYYY-MM-DD') as come_again_on,
  (select t.worker_id from door_terms t where t.community_id = v.community_id and t.household_id = v.household_id and t.ended_at is null) as door_worker_id,
  exists (select 1 from visit_conflicts x where x.community_id = v.community_id and x.set_aside_visit_id = v.id) as is_set_aside,
  v.note_sealed is not null as has_note`;
const visitTables = sql`
  visits v
    join households h on h.community_id = v.community_id and h.id = v.household_id
    join buildings b on b.community_id = h.community_id and b.id = h.building_id
    left join people w on w.community_id = v.community_id and w.id = v.worker_id
    left join people c on c.community_id = v.community_id and c.id = v.companion_id`;

export async function visitsByIds(ctx: Ctx, ids: readonly string[]): Promise<VisitRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<VisitRow>`
    select ${visitColumns} from ${visitTables}
    where v.community_id = ${ctx.community.id} and v.id = any (${[...ids]}::uuid[]) order by v.knocked_at`.execute(
    ctx.tx,
  );
  return rows;
}

/** The last so many visits to each of some doors, newest first. */
export async function lastVisits(ctx: Ctx, household_ids: readonly string[], limit: number): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    select l.* from unnest(${[...household_ids]}::uuid[]) as d (id) cross join lateral (
      select ${visitColumns} from ${visitTables}
      where v.community_id = ${ctx.community.id} and v.household_id = d.id
      order by v.knocked_at desc limit ${limit}) l
    order by l.knocked_at desc`.execute(ctx.tx);
  return rows;
}

/** What was noted at visits, opened, by visit. */
export async function notesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.tx
    .selectFrom('visits')
    .select(['id', 'note_sealed'])
    .where('community_id', '=', ctx.community.id)
    .where('id', 'in', [...ids])
    .where('note_sealed', 'is not', null)
    .execute();
  return new Map(rows.map(({ id, note_sealed }) => [id, open(ctx.keys, sealedPlace.note(id), note_sealed!)]));
}

export type VisitNeed = {
  request_id: string;
  number: number;
  kind: 'need' | 'idea';
  settled: string;
  promised_on: string | null;
  state: string;
  text: string;
};

/** What was raised at visits, as its requests stand now, by visit. */
export async function needsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, VisitNeed[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<VisitNeed & { visit_id: string }>`
    select n.visit_id, n.request_id, r.number, n.kind, n.settled, to_char(n.promised_on, 'YYYY-MM-DD') as promised_on, r.state, r.text
    from visit_needs n join requests r on r.community_id = n.community_id and r.id = n.request_id
    where n.community_id = ${ctx.community.id} and n.visit_id = any (${[...ids]}::uuid[]) order by r.number`.execute(
    ctx.tx,
  );
  return byVisit(rows);
}

export type VisitFile = { source_hash: string; kind: 'photo' | 'voice'; file_hash: string | null };

/** Files of visits, by visit; those without `file_hash` are still on the worker's phone. */
export async function filesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, VisitFile[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<VisitFile & { visit_id: string }>`
    select f.visit_id, f.source_hash, f.kind, u.file_hash
    from visit_files f
      join visits v on v.community_id = f.community_id and v.id = f.visit_id
      left join uploads u on u.community_id = f.community_id and u.source_hash = f.source_hash and u.uploaded_by_id = v.worker_id
    where f.community_id = ${ctx.community.id} and f.visit_id = any (${[...ids]}::uuid[]) order by f.position`.execute(
    ctx.tx,
  );
  return byVisit(rows);
}

/** What was noted, raised and brought along at visits, put with each of them. */
export async function withAllTold(ctx: Ctx, visits: readonly VisitRow[]) {
  const ids = visits.map((visit) => visit.id);
  const [notes, needs, files] = [await notesOf(ctx, ids), await needsOf(ctx, ids), await filesOf(ctx, ids)];
  return visits.map((visit) => ({
    ...visit,
    note: notes.get(visit.id) ?? null,
    needs: needs.get(visit.id) ?? [],
    files: files.get(visit.id) ?? [],
  }));
}

function byVisit<Row extends { visit_id: string }>(rows: Row[]): Map<string, Omit<Row, 'visit_id'>[]> {
  const grouped = Map.groupBy(rows, (row) => row.visit_id);
  return new Map(
    [...grouped].map(([id, all]) => [id, all.map(({ visit_id: _, ...row }): Omit<Row, 'visit_id'> => row)]),
  );
}
