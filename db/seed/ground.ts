import type pg from 'pg';
import { chinaCalendar } from '#engines/answer_clock/index.ts';
import { boxOf, searchKeyOf } from '#modules/places/index.ts';
import { idFrom } from '#platform/ids.ts';
import { insertRows, type Row } from './bulk.ts';
import type { Geography, SeedBuilding } from './geography.ts';

export type Ground = {
  community_id: string;
  grid_ids: string[];
  building_ids: string[];
  households: { id: string; building: number; unit: number; door: string }[];
};

const SLUG = 'demo';
const NAMES = { 'zh-CN': '荷塘社区', en: 'Lotus Pond Neighbourhood' };
const ATTRIBUTION = '© OpenStreetMap contributors (ODbL)';

/** Writes the community, its grids, buildings, doors and map. */
export async function writeGround(client: pg.ClientBase, geography: Geography, began: Date): Promise<Ground> {
  const community_id = idFrom('demo', 'community');
  const of = (kind: string, key: string) => idFrom(community_id, kind, key);
  const grid_ids = geography.grids.map((grid) => of('grid', grid.code));
  const building_ids = geography.buildings.map((building) => of('building', building.code));
  await writeCommunity(client, community_id, geography, began);
  await insertRows(
    client,
    'grids',
    geography.grids.map((grid, i) => ({
      ...{ community_id, id: grid_ids[i], code: grid.code, names: grid.names },
      boundary: { type: 'Polygon', coordinates: [grid.boundary] },
    })),
  );
  await insertRows(
    client,
    'buildings',
    geography.buildings.map((building, i) => ({
      ...{ community_id, id: building_ids[i], grid_id: grid_ids[building.grid] },
      ...buildingRow(building),
    })),
  );
  const households: Ground['households'] = [];
  const rows: Row[] = [];
  geography.buildings.forEach((building, b) => {
    for (let i = 0; i < building.doors; i++) {
      const unit = (i % building.units) + 1;
      const within = Math.floor(i / building.units);
      const floor = Math.floor(within / 2) + 1;
      const door = `${floor}0${(within % 2) + 1}`;
      const id = of('household', `${building.code}/${unit}/${door}`);
      households.push({ id, building: b, unit, door });
      rows.push({ community_id, id, building_id: building_ids[b], unit, floor, door });
    }
  });
  await insertRows(client, 'households', rows);
  const layers = geography.layers.map((layer) => ({
    community_id,
    ...layer,
    attribution: ATTRIBUTION,
    changed_at: began,
  }));
  await insertRows(client, 'map_layers', layers);
  return { community_id, grid_ids, building_ids, households };
}

async function writeCommunity(client: pg.ClientBase, id: string, geography: Geography, began: Date): Promise<void> {
  const { south, north, west, east } = geography.bounds;
  const calendar = chinaCalendar({ from_year: began.getUTCFullYear() - 1 });
  await client.query(
    'insert into calendars (id, version, data, changed_at) values ($1, $2, $3, $4) on conflict do nothing',
    [calendar.id, calendar.version, calendar, began],
  );
  await client.query("select set_config('app.community_id', $1, false)", [id]);
  const community = {
    ...{ id, slug: SLUG, names: NAMES, calendar_id: calendar.id, time_zone: 'Asia/Shanghai' },
    centre_latitude: (south + north) / 2,
    centre_longitude: (west + east) / 2,
    boundary: boxOf(geography.bounds),
    is_demo: true,
    attribution: ATTRIBUTION,
    settings: { open311_write: 'open' },
    created_at: began,
  };
  await insertRows(client, 'communities', [community]);
}

function buildingRow(building: SeedBuilding): Row {
  const { code, estate, number, street, latitude, longitude, levels, units } = building;
  const names = { 'zh-CN': `${estate['zh-CN']}${number}栋`, en: `${estate.en} ${number}` };
  return {
    ...{ code, estate: estate['zh-CN'], number, street, names, latitude, longitude, levels, unit_count: units },
    footprint: { type: 'Polygon', coordinates: [building.footprint] },
    search_key: searchKeyOf([names['zh-CN'], names.en, estate['zh-CN'], street]),
  };
}
