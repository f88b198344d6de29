import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chinaCalendar } from '#engines/answer_clock/index.ts';
import type { Actor, Role, RoleGrant } from '#platform/actor.ts';
import type { Community } from '#platform/context.ts';
import { fingerprint, seal } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { saveFile } from '#platform/file.store.ts';
import { newId } from '#platform/ids.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { testDatabase } from './database.ts';

/** A small neighbourhood for one test file: two grids, three categories, staff for each role, two residents. */
export type Neighbourhood = {
  environment: Environment;
  community: Community;
  owner_url: string;
  app_url: string;
  data_dir: string;
  grids: { east: string; west: string };
  building: string;
  household: string;
  organisation: string;
  categories: Record<'repairs' | 'noise' | 'hardship', string>;
  people: Record<
    'desk' | 'east_worker' | 'west_worker' | 'handler' | 'secretary' | 'administrator' | 'resident' | 'neighbour',
    Actor
  >;
  close(): Promise<void>;
};

export const NOW = new Date('2026-03-04T02:00:00Z');
const BEFORE = new Date('2026-01-05T01:00:00Z');

const square = (west: number, east: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 40],
      [east, 40],
      [east, 40.02],
      [west, 40.02],
      [west, 40],
    ],
  ],
});

/** Opens an environment on a fresh database with nobody in it. */
export async function emptyNeighbourhood(clock: () => Date = () => NOW, live = false) {
  const database = await testDatabase();
  const data_dir = mkdtempSync(join(tmpdir(), 'yingmen-test-'));
  const keys = { sealing: [{ id: 1, key: randomBytes(32) }], fingerprint: randomBytes(32) };
  const environment = await openEnvironment({
    app_url: database.app_url,
    data_dir,
    keys,
    session_key: randomBytes(32),
    base_url: 'http://localhost:3000',
    pool_size: 8,
    live,
    clock,
  });
  return {
    environment,
    database,
    data_dir,
    async close() {
      await closeEnvironment(environment);
      await database.drop();
      rmSync(data_dir, { recursive: true, force: true });
    },
  };
}

/** A fresh database with a small neighbourhood in it. Close it at the end of the test file. */
export async function makeNeighbourhood(
  options: { clock?: () => Date; slug?: string; live?: boolean } = {},
): Promise<Neighbourhood> {
  const { environment, database, data_dir, close } = await emptyNeighbourhood(options.clock, options.live);
  const { keys } = environment;
  const community_id = newId();
  const rows: [table: string, values: Record<string, unknown>][] = [];
  const add = (table: string, values: Record<string, unknown>) => rows.push([table, { community_id, ...values }]);
  const addPerson = (
    public_name: string | null,
    grants: { role: Role; scope_kind: RoleGrant['scope_kind']; scope_id: string | null }[] = [],
  ): Actor => {
    const id = newId();
    const name = public_name ?? '李明';
    add('people', {
      id,
      name_sealed: seal(keys, `people/name/${id}`, name),
      name_masked: `${[...name][0]}*`,
      name_fingerprint: fingerprint(keys, 'people/name', name),
      public_name,
      created_at: BEFORE,
      created_by_id: id,
    });
    for (const grant of grants)
      add('role_grants', { id: newId(), person_id: id, ...grant, started_at: BEFORE, granted_by_id: id });
    return { kind: 'person', id, roles: grants };
  };
  const everywhere = (role: Role) => [{ role, scope_kind: 'community' as const, scope_id: null }];

  rows.push(['calendars', { id: 'CN', version: 'test', data: chinaCalendar({ from_year: 2025 }), changed_at: BEFORE }]);
  rows.push([
    'communities',
    {
      id: community_id,
      slug: options.slug ?? 'test',
      names: { 'zh-CN': '测试社区', en: 'Test Neighbourhood' },
      calendar_id: 'CN',
      centre_latitude: 40.01,
      centre_longitude: 116.32,
      boundary: square(116.3, 116.34),
      created_at: BEFORE,
    },
  ]);
  const grids = { west: newId(), east: newId() };
  add('grids', {
    id: grids.west,
    code: 'W',
    names: { 'zh-CN': '西一网格', en: 'West 1' },
    boundary: square(116.3, 116.32),
  });
  add('grids', {
    id: grids.east,
    code: 'E',
    names: { 'zh-CN': '东一网格', en: 'East 1' },
    boundary: square(116.32, 116.34),
  });
  const [building, household, organisation] = [newId(), newId(), newId()];
  add('buildings', {
    id: building,
    grid_id: grids.east,
    code: 'E-3',
    estate: '荷塘里',
    number: '3',
    names: { 'zh-CN': '荷塘里3栋', en: 'Lotus Lane 3' },
    latitude: 40.01,
    longitude: 116.33,
    levels: 6,
    unit_count: 2,
    search_key: '荷塘里3栋',
  });
  add('households', { id: household, building_id: building, unit: 2, floor: 5, door: '501' });
  add('organisations', {
    id: organisation,
    kind: 'property_company',
    names: { 'zh-CN': '安居物业', en: 'Home Property' },
    started_at: BEFORE,
  });
  const people = {
    desk: addPerson('周敏', everywhere('desk_officer')),
    east_worker: addPerson('王芳', [{ role: 'grid_worker', scope_kind: 'grid', scope_id: grids.east }]),
    west_worker: addPerson('赵强', [{ role: 'grid_worker', scope_kind: 'grid', scope_id: grids.west }]),
    handler: addPerson('陈工', [{ role: 'handler', scope_kind: 'organisation', scope_id: organisation }]),
    secretary: addPerson('刘书记', everywhere('secretary')),
    administrator: addPerson('孙静', everywhere('administrator')),
    resident: addPerson(null),
    neighbour: addPerson(null),
  };
  for (const [grid_id, person] of [
    [grids.east, people.east_worker],
    [grids.west, people.west_worker],
  ] as const) {
    add('grid_terms', { id: newId(), grid_id, person_id: person.id, duty: 'grid_worker', started_at: BEFORE });
  }
  const categories = { repairs: newId(), noise: newId(), hardship: newId() };
  const category = (code: keyof typeof categories, zh: string, en: string, more: Record<string, unknown>) =>
    add('categories', {
      id: categories[code],
      code,
      names: { 'zh-CN': zh, en },
      response_hours: 4,
      target_days: 3,
      position: 1,
      ...more,
    });
  category('repairs', '房屋维修', 'Repairs', {
    form: JSON.stringify([
      {
        code: 'where',
        kind: 'choice',
        labels: { 'zh-CN': '在哪里', en: 'Where' },
        required: false,
        choices: [{ code: 'stairs', labels: { 'zh-CN': '楼道', en: 'Stairs' } }],
      },
    ]),
  });
  category('noise', '噪音', 'Noise', { target_days: 1 });
  category('hardship', '困难帮扶', 'Hardship', { is_private: true, target_days: 5 });
  const rule = (number: number, values: Record<string, unknown>) =>
    add('routing_rules', {
      id: newId(),
      number,
      position: number,
      started_at: BEFORE,
      changed_by_id: people.administrator.id,
      ...values,
    });
  rule(1, {
    category_id: categories.repairs,
    grid_id: grids.east,
    owner_kind: 'organisation',
    owner_id: organisation,
    reason: '东区由安居物业维修',
  });
  rule(2, { owner_kind: 'grid_worker', reason: '网格里的事先找网格员' });

  await withClient(database.owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [community_id]);
    for (const [table, values] of rows) {
      const columns = Object.keys(values);
      const places = columns.map((_, i) => `$${i + 1}`).join(', ');
      await client.query(`insert into ${table} (${columns.join(', ')}) values (${places})`, Object.values(values));
    }
  });
  const community = await environment.communityById(community_id);
  const { owner_url, app_url } = database;
  return {
    environment,
    community,
    owner_url,
    app_url,
    data_dir,
    grids,
    building,
    household,
    organisation,
    categories,
    people,
    close,
  };
}

/** A photo that somebody brought, by its hash alone. */
export const bringPhoto = (
  town: Pick<Neighbourhood, 'environment' | 'community'>,
  hash: string,
  by: { id: string },
): Promise<void> =>
  saveFile(town.environment, town.community, {
    ...{ hash, media_type: 'image/webp', byte_count: 3, width: null, height: null, uploaded_by_id: by.id },
  });
