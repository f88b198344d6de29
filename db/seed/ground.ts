import type pg from 'pg';
import { chinaCalendar } from '#engines/answer_clock/index.ts';
import { searchKeyOf } from '#modules/places/index.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { insertRows, type Row } from './bulk.ts';
import type { Geography } from './geography.ts';

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
export async function writeGround(
  client: pg.ClientBase,
  environment: Environment,
  geography: Geography,
  began: Date,
): Promise<Ground> {
  const community_id = idFrom('demo', 'community');
  const { south, north, west, east } = geography.bounds;
  const calendar = chinaCalendar({ from_year: began.getUTCFullYear() - 1 });
  await client.query(
    'insert into calendars (id, version, data, changed_at) values ($1, $2, $3, $4) on conflict do nothing',
    [calendar.id, calendar.version, calendar, began],
  );
  await client.query("select set_config('app.community_id', $1, false)", [community_id]);
  const boundary = {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
  await insertRows(client, 'communities', [
    {
      id: community_id,
      slug: SLUG,
      names: NAMES,
      calendar_id: calendar.id,
      time_zone: 'Asia/Shanghai',
      centre_latitude: (south + north) / 2,
      centre_longitude: (west + east) / 2,
      boundary,
      is_demo: true,
      attribution: ATTRIBUTION,
      settings: { open311_write: 'open' },
      created_at: began,
    },
  ]);
  const of = (kind: string, key: string | number) => idFrom(community_id, kind, String(key));
  const grid_ids = geography.grids.map((grid) => of('grid', grid.code));
  await insertRows(
    client,
    'grids',
    geography.grids.map((grid, i) => ({
      community_id,
      id: grid_ids[i],
      code: grid.code,
      names: grid.names,
      boundary: { type: 'Polygon', coordinates: [grid.boundary] },
    })),
  );
  const building_ids = geography.buildings.map((building) => of('building', building.code));
  await insertRows(
    client,
    'buildings',
    geography.buildings.map((building, i): Row => {
      const names = {
        'zh-CN': `${building.estate['zh-CN']}${building.number}栋`,
        en: `${building.estate.en} ${building.number}`,
      };
      return {
        community_id,
        id: building_ids[i],
        grid_id: grid_ids[building.grid],
        code: building.code,
        estate: building.estate['zh-CN'],
        number: building.number,
        street: building.street,
        names,
        footprint: { type: 'Polygon', coordinates: [building.footprint] },
        latitude: building.latitude,
        longitude: building.longitude,
        levels: building.levels,
        unit_count: building.units,
        search_key: searchKeyOf([names['zh-CN'], names.en, building.estate['zh-CN'], building.street]),
      };
    }),
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
  await insertRows(
    client,
    'map_layers',
    geography.layers.map(({ layer, geojson }) => ({
      community_id,
      layer,
      geojson,
      attribution: ATTRIBUTION,
      changed_at: began,
    })),
  );
  void environment;
  return { community_id, grid_ids, building_ids, households };
}
