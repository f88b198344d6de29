import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type KnownBuilding = {
  id: string;
  code: string;
  estate: string | null;
  number: string;
  latitude: number;
  longitude: number;
  unit_count: number;
  levels: number;
};

export async function knownBuildings(ctx: Ctx): Promise<KnownBuilding[]> {
  return ctx.tx
    .selectFrom('buildings')
    .select(['id', 'code', 'estate', 'number', 'latitude', 'longitude', 'unit_count', 'levels'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null)
    .execute();
}

export type NewBuilding = KnownBuilding & {
  grid_id: string | null;
  names: Record<string, string>;
  street: string | null;
  search_key: string;
};

/** Writes buildings in one statement; those that were there keep their id and get what the roster says. */
export async function writeBuildings(ctx: Ctx, buildings: NewBuilding[]): Promise<void> {
  await sql`
    insert into buildings (community_id, id, grid_id, code, estate, number, street, names, latitude, longitude, levels, unit_count, search_key)
    select ${ctx.community.id}::uuid, b.id, b.grid_id, b.code, b.estate, b.number, b.street, b.names, b.latitude, b.longitude, b.levels, b.unit_count, b.search_key
    from jsonb_to_recordset(${JSON.stringify(buildings)}::jsonb) as b (id uuid, grid_id uuid, code text, estate text, number text, street text,
      names jsonb, latitude float8, longitude float8, levels int, unit_count int, search_key text)
    on conflict (community_id, id) do update set grid_id = excluded.grid_id, latitude = excluded.latitude, longitude = excluded.longitude,
      levels = excluded.levels, unit_count = excluded.unit_count, street = coalesce(excluded.street, buildings.street)`.execute(
    ctx.tx,
  );
}

export type NewDoor = { id: string; building_id: string; unit: number; floor: number; door: string };

/** Writes doors in one statement; a door that is there already is left as it is. Says how many were new. */
export async function writeDoors(ctx: Ctx, doors: NewDoor[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into households (community_id, id, building_id, unit, floor, door)
    select ${ctx.community.id}::uuid, d.id, d.building_id, d.unit, d.floor, d.door
    from jsonb_to_recordset(${JSON.stringify(doors)}::jsonb) as d (id uuid, building_id uuid, unit int, floor int, door text)
    on conflict (community_id, building_id, unit, door) do nothing`.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}

export async function writeGrid(
  ctx: Ctx,
  grid: { id: string; code: string; names: Record<string, string>; boundary: unknown },
): Promise<void> {
  const row = { names: JSON.stringify(grid.names), boundary: JSON.stringify(grid.boundary) };
  await ctx.tx
    .insertInto('grids')
    .values({ community_id: ctx.community.id, id: grid.id, code: grid.code, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['community_id', 'code'])
        .doUpdateSet((e) => ({ ...row, ended_at: null, version: e.ref('grids.version') })),
    )
    .execute();
}

export async function writeMapLayer(ctx: Ctx, layer: string, geojson: unknown, attribution: string): Promise<void> {
  const row = { geojson: JSON.stringify(geojson), attribution, changed_at: ctx.now };
  await ctx.tx
    .insertInto('map_layers')
    .values({ community_id: ctx.community.id, layer, ...row })
    .onConflict((conflict) => conflict.columns(['community_id', 'layer']).doUpdateSet(row))
    .execute();
}

export async function setBoundary(ctx: Ctx, boundary: unknown, attribution: string): Promise<void> {
  await ctx.tx
    .updateTable('communities')
    .set({ boundary: JSON.stringify(boundary), attribution })
    .where('id', '=', ctx.community.id)
    .execute();
}

export async function allDoors(ctx: Ctx) {
  const { rows } = await sql<{ id: string; estate: string | null; number: string; unit: number; door: string }>`
    select h.id, b.estate, b.number, h.unit, h.door
    from households h join buildings b on b.community_id = h.community_id and b.id = h.building_id
    where h.community_id = ${ctx.community.id} and h.ended_at is null and b.ended_at is null`.execute(ctx.tx);
  return rows;
}
