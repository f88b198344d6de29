import { z } from 'zod';
import { query } from '#platform/query.ts';
import { parseAddress } from '../address.ts';
import { findBuildings, findDoors } from '../place.store.ts';

const BUILDINGS = 60;

export type FoundPlace = {
  building_id: string;
  household_id: string | null;
  names: Record<string, string>;
  latitude: number;
  longitude: number;
};

/** Doors and buildings that loose words may mean, the most exact first. Says nothing about who lives there. */
export const search_address = query({
  name: 'places.search_address',
  reads: 'nobody',
  input: z.object({ text: z.string().trim().max(200), limit: z.number().int().min(1).max(20).default(6) }),
  async run(ctx, input): Promise<FoundPlace[]> {
    const address = parseAddress(input.text);
    if (!address.words && !address.building) return [];
    const buildings = await findBuildings(ctx, address.words, address.building, BUILDINGS);
    const byId = new Map(buildings.map((building) => [building.id, building]));
    const doors = address.door ? await findDoors(ctx, [...byId.keys()], address.unit, address.door, input.limit) : [];
    const found: FoundPlace[] = doors.map((door) => {
      const building = byId.get(door.building_id)!;
      const names = {
        'zh-CN': `${building.names['zh-CN']}${door.unit}单元${door.door}`,
        en: `${building.names.en}, unit ${door.unit}, ${door.door}`,
      };
      return {
        building_id: building.id,
        household_id: door.id,
        names,
        latitude: building.latitude,
        longitude: building.longitude,
      };
    });
    for (const building of buildings) {
      const { id, names, latitude, longitude } = building;
      found.push({ building_id: id, household_id: null, names, latitude, longitude });
    }
    return found.slice(0, input.limit);
  },
});
