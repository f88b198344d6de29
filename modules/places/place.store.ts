import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Area } from './grid_index.ts';

export async function gridBoundaries(ctx: Ctx): Promise<{ id: string; boundary: Area }[]> {
  const rows = await ctx.tx
    .selectFrom('grids')
    .select(['id', 'boundary'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null)
    .execute();
  return rows as { id: string; boundary: Area }[];
}

export async function buildingById(ctx: Ctx, id: string) {
  return ctx.tx
    .selectFrom('buildings')
    .select(['id', 'grid_id', 'names', 'latitude', 'longitude'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
}

export async function householdById(ctx: Ctx, id: string) {
  return ctx.tx
    .selectFrom('households')
    .select(['id', 'building_id', 'unit', 'floor', 'door'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
}

/** The grid worker whose term began first among those who answer for the grid today, so that the answer is one. */
export async function gridWorkerOf(ctx: Ctx, gridId: string): Promise<string | null> {
  const row = await ctx.tx
    .selectFrom('grid_terms')
    .select('person_id')
    .where('community_id', '=', ctx.community.id)
    .where('grid_id', '=', gridId)
    .where('ended_at', 'is', null)
    .orderBy('duty', 'desc')
    .orderBy('started_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.person_id ?? null;
}

export type GridRow = { id: string; code: string; names: Record<string, string>; version: number };

export async function activeGrids(ctx: Ctx): Promise<GridRow[]> {
  const rows = await ctx.tx
    .selectFrom('grids')
    .select(['id', 'code', 'names', 'version'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null)
    .orderBy('code')
    .execute();
  return rows as GridRow[];
}

export async function gridShapes(ctx: Ctx): Promise<(GridRow & { boundary: Area })[]> {
  const rows = await ctx.tx
    .selectFrom('grids')
    .select(['id', 'code', 'names', 'version', 'boundary'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null)
    .orderBy('code')
    .execute();
  return rows as (GridRow & { boundary: Area })[];
}

export type FoundBuilding = {
  id: string;
  names: Record<string, string>;
  street: string | null;
  number: string;
  latitude: number;
  longitude: number;
  grid_id: string | null;
};

/** Buildings by their number and words of their search key; all words have to be there. At most `limit`. */
export async function findBuildings(
  ctx: Ctx,
  words: string,
  number: string | undefined,
  limit: number,
): Promise<FoundBuilding[]> {
  let select = ctx.tx
    .selectFrom('buildings')
    .select(['id', 'names', 'street', 'number', 'latitude', 'longitude', 'grid_id'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null);
  if (number !== undefined) select = select.where('number', '=', number);
  for (const word of words.split(' ').filter(Boolean).slice(0, 6)) {
    select = select.where('search_key', 'like', `%${word.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`);
  }
  const rows = await select.orderBy('search_key').limit(limit).execute();
  return rows as FoundBuilding[];
}

/** Doors of some buildings by unit and door number. */
export async function findDoors(
  ctx: Ctx,
  buildingIds: string[],
  unit: number | undefined,
  door: string,
  limit: number,
) {
  if (buildingIds.length === 0) return [];
  let select = ctx.tx
    .selectFrom('households')
    .select(['id', 'building_id', 'unit', 'door'])
    .where('community_id', '=', ctx.community.id)
    .where('building_id', 'in', buildingIds)
    .where('door', '=', door)
    .where('ended_at', 'is', null);
  if (unit !== undefined) select = select.where('unit', '=', unit);
  return select.orderBy('building_id').orderBy('unit').limit(limit).execute();
}

/** Who answers for a grid today, by the names they show in public. */
export async function answerersOf(ctx: Ctx, gridId: string) {
  return ctx.tx
    .selectFrom('grid_terms')
    .innerJoin('people', (join) =>
      join.onRef('people.community_id', '=', 'grid_terms.community_id').onRef('people.id', '=', 'grid_terms.person_id'),
    )
    .select(['people.id', 'people.public_name', 'grid_terms.duty'])
    .where('grid_terms.community_id', '=', ctx.community.id)
    .where('grid_terms.grid_id', '=', gridId)
    .where('grid_terms.ended_at', 'is', null)
    .orderBy('grid_terms.duty', 'desc')
    .orderBy('grid_terms.started_at')
    .execute();
}

export async function mapLayers(ctx: Ctx) {
  const rows = await ctx.tx
    .selectFrom('map_layers')
    .select(['layer', 'geojson'])
    .where('community_id', '=', ctx.community.id)
    .orderBy('layer')
    .execute();
  return rows as { layer: string; geojson: unknown }[];
}

/** When some layers of the map were changed last, or undefined when there is none of them. */
export async function streetsChangedAt(ctx: Ctx, layers: readonly string[]): Promise<Date | undefined> {
  const row = await ctx.tx
    .selectFrom('map_layers')
    .select((e) => e.fn.max('changed_at').as('changed_at'))
    .where('community_id', '=', ctx.community.id)
    .where('layer', 'in', [...layers])
    .executeTakeFirst();
  return row?.changed_at ?? undefined;
}

export async function posterByCode(
  ctx: Ctx,
  code: string,
): Promise<{ code: string; building_id: string; names: Record<string, string> } | undefined> {
  const row = await ctx.tx
    .selectFrom('posters')
    .innerJoin('buildings', (join) =>
      join
        .onRef('buildings.community_id', '=', 'posters.community_id')
        .onRef('buildings.id', '=', 'posters.building_id'),
    )
    .select(['posters.code', 'buildings.id as building_id', 'buildings.names'])
    .where('posters.community_id', '=', ctx.community.id)
    .where('posters.code', '=', code)
    .where('posters.ended_at', 'is', null)
    .executeTakeFirst();
  return row as { code: string; building_id: string; names: Record<string, string> } | undefined;
}

export async function postersOf(ctx: Ctx, buildingIds: string[]) {
  return ctx.tx
    .selectFrom('posters')
    .select(['code', 'building_id'])
    .where('community_id', '=', ctx.community.id)
    .where('building_id', 'in', buildingIds)
    .where('ended_at', 'is', null)
    .execute();
}

export async function insertPosters(ctx: Ctx, posters: { code: string; building_id: string }[]): Promise<void> {
  if (posters.length === 0) return;
  await ctx.tx
    .insertInto('posters')
    .values(
      posters.map((poster) => ({
        ...poster,
        community_id: ctx.community.id,
        created_at: ctx.now,
        created_by_id: ctx.actor.id,
      })),
    )
    .execute();
}

export async function buildingsByIds(ctx: Ctx, ids: string[]): Promise<FoundBuilding[]> {
  const rows = await ctx.tx
    .selectFrom('buildings')
    .select(['id', 'names', 'street', 'number', 'latitude', 'longitude', 'grid_id'])
    .where('community_id', '=', ctx.community.id)
    .where('id', 'in', ids)
    .execute();
  return rows as FoundBuilding[];
}

/** Changes a grid's boundary and names; the version that was seen must still stand. */
export async function changeGrid(
  ctx: Ctx,
  id: string,
  change: { names: Record<string, string>; boundary: Area },
  version: number,
): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('grids')
    .set({ names: JSON.stringify(change.names), boundary: JSON.stringify(change.boundary), version: version + 1 })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function buildingPoints(ctx: Ctx) {
  return ctx.tx
    .selectFrom('buildings')
    .select(['id', 'latitude', 'longitude', 'grid_id'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null)
    .execute();
}

export async function moveBuildings(ctx: Ctx, ids: string[], grid_id: string | null): Promise<void> {
  if (ids.length === 0) return;
  await ctx.tx
    .updateTable('buildings')
    .set({ grid_id })
    .where('community_id', '=', ctx.community.id)
    .where('id', 'in', ids)
    .execute();
}

export type GridCard = GridRow & { building_count: number; door_count: number; answerers: string[] };

/** The grids with how many buildings and doors each has, and the names of those who answer for it. */
export async function gridCards(ctx: Ctx): Promise<GridCard[]> {
  const { rows } = await sql<GridCard>`
    select g.id, g.code, g.names, g.version,
      (select count(*) from buildings b where b.community_id = g.community_id and b.grid_id = g.id and b.ended_at is null) as building_count,
      (select count(*) from buildings b join households h on h.community_id = b.community_id and h.building_id = b.id
        where b.community_id = g.community_id and b.grid_id = g.id and b.ended_at is null and h.ended_at is null) as door_count,
      array(select p.public_name from grid_terms t join people p on p.community_id = t.community_id and p.id = t.person_id
        where t.community_id = g.community_id and t.grid_id = g.id and t.ended_at is null and p.public_name is not null
        order by t.duty desc, t.started_at) as answerers
    from grids g where g.community_id = ${ctx.community.id} and g.ended_at is null order by g.code`.execute(ctx.tx);
  return rows;
}

export type NearBuilding = {
  id: string;
  latitude: number;
  longitude: number;
  grid_id: string | null;
  footprint: unknown;
  door_count: number;
};

/** The buildings within bounds (west, south, east, north), or all, each with how many doors it has. */
export async function buildingsNear(
  ctx: Ctx,
  bounds: [number, number, number, number] | null,
): Promise<NearBuilding[]> {
  const [west, south, east, north] = bounds ?? [-180, -90, 180, 90];
  const { rows } = await sql<NearBuilding>`
    select b.id, b.latitude, b.longitude, b.grid_id, b.footprint,
      (select count(*) from households h where h.community_id = b.community_id and h.building_id = b.id and h.ended_at is null) as door_count
    from buildings b where b.community_id = ${ctx.community.id} and b.ended_at is null
      and b.longitude between ${west} and ${east} and b.latitude between ${south} and ${north}
    order by b.id`.execute(ctx.tx);
  return rows;
}
