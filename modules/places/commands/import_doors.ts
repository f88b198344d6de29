import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { notFound, Refusal } from '#platform/refusal.ts';
import { searchKeyOf } from '../address.ts';
import { buildGridIndex } from '../grid_index.ts';
import { gridShapes } from '../place.store.ts';
import { knownBuildings, type NewBuilding, writeBuildings, writeDoors } from '../roster.store.ts';
import { type ReadDoor, readDoors } from '../roster.ts';

const ROWS_LIMIT = 60_000;
const text = z.string().max(200).default('');
const row = z.object({
  line: z.number().int().min(1),
  estate: text,
  building: text,
  unit: text,
  floor: text,
  door: text,
  latitude: text,
  longitude: text,
  street: text,
});

/**
 * A roster of doors: all rows or none, each wrong one refused with its line and column. Buildings are known by estate and
 * number; a new one needs its place in at least one of its rows. Giving the same roster again changes nothing.
 */
export const import_doors = command({
  name: 'places.import_doors',
  input: z.object({ rows: z.array(row).min(1).max(ROWS_LIMIT) }),
  async run(ctx, input) {
    if (ctx.actor.kind !== 'system' && !hasRole(ctx.actor, 'administrator')) notFound('roster', ctx.community.id);
    const doors = readDoors(input.rows);
    const buildings = await placeBuildings(ctx, doors);
    await writeBuildings(ctx, [...buildings.values()]);
    const written = await writeDoors(
      ctx,
      doors.map((door) => ({
        id: ctx.newId(),
        building_id: buildings.get(keyOf(door))!.id,
        unit: door.unit,
        floor: door.floor,
        door: door.door,
      })),
    );
    const counts = { buildings: buildings.size, doors: written, there_already: doors.length - written };
    record(ctx, 'doors.imported', { kind: 'community', id: ctx.community.id }, counts);
    return { read: input.rows.length, accepted: doors.length, ...counts };
  },
});

const keyOf = (door: Pick<ReadDoor, 'estate' | 'building'>) => `${door.estate}/${door.building}`;

async function placeBuildings(ctx: Ctx, doors: ReadDoor[]): Promise<Map<string, NewBuilding>> {
  const known = new Map(
    (await knownBuildings(ctx)).map((one) => [keyOf({ estate: one.estate ?? '', building: one.number }), one]),
  );
  const grids = buildGridIndex(await gridShapes(ctx));
  const buildings = new Map<string, NewBuilding>();
  const unplaced: Refusal[] = [];
  for (const [key, rows] of Map.groupBy(doors, keyOf)) {
    const placed = rows.find((one) => one.latitude !== null);
    const there = known.get(key);
    const latitude = placed?.latitude ?? there?.latitude;
    const longitude = placed?.longitude ?? there?.longitude;
    if (latitude === undefined || longitude === undefined) {
      unplaced.push(new Refusal('building_unplaced', { building: key }, { line: rows[0]!.line, field: 'latitude' }));
      continue;
    }
    const { estate, building, street } = rows[0]!;
    const names = { 'zh-CN': `${estate}${building}栋`, en: `${estate} ${building}`.trim() };
    buildings.set(key, {
      ...{ estate: estate || null, number: building, street, names, latitude, longitude },
      id: there?.id ?? idFrom(ctx.community.id, 'building', key),
      code: there?.code ?? key.slice(0, 100),
      grid_id: grids.gridAt(latitude, longitude),
      unit_count: Math.max(there?.unit_count ?? 1, ...rows.map((one) => one.unit)),
      levels: Math.max(there?.levels ?? 1, ...rows.map((one) => one.floor)),
      search_key: searchKeyOf([names['zh-CN'], names.en, estate, street]),
    });
  }
  if (unplaced[0]) throw new Refusal(unplaced[0].code, unplaced[0].vars, unplaced[0].where, unplaced.slice(1, 1000));
  return buildings;
}
