import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { type Actor, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { ask, type Query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import * as places from './index.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
  perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
const see = <I, A>(query: Query<I, A>, input: unknown, actor: Actor = visitor) =>
  ask(town.environment, { actor, community: town.community, via: 'test' }, query, input);

describe('an address', () => {
  for (const text of ['荷塘里3栋2单元501', '3-2-501', 'htl 三号楼 2单元 501', 'Building 3 unit 2 #501']) {
    it(`is found by “${text}”`, async () => {
      await town.environment.database
        .of(town.community.id)
        .updateTable('buildings')
        .set({ search_key: places.searchKeyOf(['荷塘里3栋', 'Lotus Lane 3', '荷塘里']) })
        .execute();
      const [first] = await see(places.search_address, { text });
      assert.equal(first?.household_id, town.household);
    });
  }
  it('that is nowhere is not found, and marks of patterns are only marks', async () => {
    assert.deepEqual(await see(places.search_address, { text: '100%_栋' }), []);
    assert.deepEqual(await see(places.search_address, { text: '' }), []);
  });
});

describe('who answers', () => {
  it('is known from a pin, in the systems of Chinese maps as well', async () => {
    const there = { latitude: 40.01, longitude: 116.335 };
    assert.equal((await see(places.who_answers, there)).people[0]?.public_name, '王芳');
    for (const system of ['GCJ-02', 'BD-09'] as const) {
      const pin = places.fromWgs84(system, there.latitude, there.longitude);
      const back = places.toWgs84(system, pin.latitude, pin.longitude);
      assert.ok(Math.abs(back.latitude - there.latitude) < 2e-5 && Math.abs(back.longitude - there.longitude) < 2e-5);
      assert.equal((await see(places.who_answers, { ...pin, system })).grid?.id, town.grids.east);
    }
  });
  it('is known from a poster, which keeps its code', async () => {
    const [first] = await act(town.people.administrator, places.make_posters, { building_ids: [town.building] });
    const [again] = await act(town.people.administrator, places.make_posters, { building_ids: [town.building] });
    assert.equal(first!.code, again!.code);
    assert.equal((await see(places.who_answers, { poster: first!.code })).grid?.id, town.grids.east);
    await assert.rejects(act(town.people.resident, places.make_posters, { building_ids: [town.building] }), {
      code: 'not_found',
    });
  });
  it('outside the neighbourhood is refused', () =>
    assert.rejects(see(places.who_answers, { latitude: 31, longitude: 117 }), { code: 'place_outside' }));
});

describe('a grid', () => {
  const boundary = {
    type: 'Polygon',
    coordinates: [
      [
        [116.3, 40],
        [116.335, 40],
        [116.335, 40.02],
        [116.3, 40.02],
        [116.3, 40],
      ],
    ],
  };
  const names = { 'zh-CN': '西一网格', en: 'West 1' };
  it('is redrawn by administrators, takes its buildings with it, and refuses an old version', async () => {
    const rest = {
      type: 'Polygon',
      coordinates: [
        [
          [116.335, 40],
          [116.34, 40],
          [116.34, 40.02],
          [116.335, 40.02],
          [116.335, 40],
        ],
      ],
    };
    const neighbours = [{ id: town.grids.east, expected_version: 1, boundary: rest }];
    const input = { id: town.grids.west, expected_version: 1, names, boundary, neighbours };
    await assert.rejects(act(town.people.desk, places.redraw_grid, input), { code: 'not_found' });
    assert.equal((await act(town.people.administrator, places.redraw_grid, input)).buildings_moved, 1);
    await assert.rejects(act(town.people.administrator, places.redraw_grid, input), { code: 'stale' });
    assert.equal((await see(places.who_answers, { building_id: town.building })).grid?.id, town.grids.west);
    const open = {
      ...boundary,
      coordinates: [
        [
          [116.3, 40],
          [116.3, 40.1],
          [116.4, 40],
          [116.35, 40],
        ],
      ],
    };
    await assert.rejects(
      act(town.people.administrator, places.redraw_grid, { ...input, boundary: open, expected_version: 2 }),
      { code: 'ring_open' },
    );
  });
});

describe('a roster of doors', () => {
  const row = (line: number, more: Record<string, string> = {}) => ({
    line,
    estate: '柳荫里',
    building: '7',
    unit: '1',
    door: `${line}01`,
    latitude: '40.012',
    longitude: '116.33',
    ...more,
  });
  const count = async () => {
    const db = town.environment.database.of(town.community.id);
    const { total } = await db
      .selectFrom('households')
      .select((e) => e.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    return total;
  };
  const give = (rows: unknown[], actor = town.people.administrator) => act(actor, places.import_doors, { rows });

  it('is taken whole, finds its grid, and changes nothing when it is given again', async () => {
    const rows = [row(2), row(3, { latitude: '', longitude: '' }), row(4, { door: '1203' })];
    const before = await count();
    assert.deepEqual(await give(rows), { read: 3, accepted: 3, buildings: 1, doors: 3, there_already: 0 });
    assert.deepEqual(await give(rows), { read: 3, accepted: 3, buildings: 1, doors: 0, there_already: 3 });
    assert.equal(await count(), before + 3);
    const [found] = await see(places.search_address, { text: '柳荫里7栋1203' });
    assert.ok(found?.household_id);
    assert.ok((await see(places.who_answers, { building_id: found.building_id })).grid);
  });

  it('with anything wrong is refused whole, each row with its line', async () => {
    const before = await count();
    const wrong = [
      row(2, { door: '901' }),
      row(3, { door: '' }),
      row(4, { unit: 'A' }),
      row(5, { latitude: '91' }),
      row(6, { door: '901' }),
    ];
    await assert.rejects(
      give(wrong),
      (error: { code: string; where: { line: number }; also: { code: string; where: { line: number } }[] }) => {
        assert.deepEqual(
          [error, ...error.also].map((one) => [one.where.line, one.code]),
          [
            [3, 'door_invalid'],
            [4, 'unit_invalid'],
            [5, 'coordinates_wrong'],
            [6, 'row_twice'],
          ],
        );
        return true;
      },
    );
    await assert.rejects(give([row(2, { building: '99', latitude: '', longitude: '' })]), {
      code: 'building_unplaced',
    });
    await assert.rejects(give([row(2)], town.people.desk), { code: 'not_found' });
    assert.equal(await count(), before);
  });

  it('of fifty thousand doors is taken at once', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) =>
      row(i + 2, {
        building: String(100 + Math.floor(i / 500)),
        unit: String(1 + (i % 5)),
        door: `${1 + (Math.floor(i / 5) % 25)}0${1 + (Math.floor(i / 125) % 4)}`,
      }),
    );
    assert.equal((await give(rows)).doors, 50_000);
  });
});

describe('grids from GeoJSON', () => {
  const feature = (code: string, west: number, east: number) => ({
    properties: { code, name: `网格${code}` },
    geometry: {
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
    },
  });
  it('replace the boundaries of those that are there and take the buildings along', async () => {
    await act(town.people.administrator, places.import_grids, {
      features: [feature('W', 116.3, 116.31), feature('E', 116.31, 116.34)],
    });
    assert.equal((await see(places.who_answers, { building_id: town.building })).grid?.code, 'E');
  });
  it('are refused when a code is there twice, a polygon is broken, or somebody else gives them', async () => {
    await assert.rejects(
      act(town.people.administrator, places.import_grids, { features: [feature('W', 1, 2), feature('W', 2, 3)] }),
      { code: 'grid_twice' },
    );
    await assert.rejects(
      act(town.people.administrator, places.import_grids, {
        features: [{ ...feature('W', 1, 2), geometry: { type: 'Point', coordinates: [1, 2] } }],
      }),
    );
    await assert.rejects(act(town.people.resident, places.import_grids, { features: [feature('W', 1, 2)] }), {
      code: 'not_found',
    });
  });
});

it('the index answers as a look at every grid would', () => {
  const cell = (x: number, y: number) => ({
    type: 'Polygon' as const,
    coordinates: [
      [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y + 1],
        [x, y],
      ],
    ],
  });
  const grids = Array.from({ length: 100 }, (_, i) => ({
    id: String(i).padStart(3, '0'),
    boundary: cell(i % 10, Math.floor(i / 10)),
  }));
  const index = places.buildGridIndex(grids);
  fc.assert(
    fc.property(fc.double({ min: -1, max: 11, noNaN: true }), fc.double({ min: -1, max: 11, noNaN: true }), (x, y) => {
      const found = grids.find((grid) => places.contains(grid.boundary, y, x))?.id ?? null;
      assert.equal(index.gridAt(y, x), found);
    }),
  );
});

describe('a redrawn border', () => {
  it('is shown before it is saved, moves its neighbour’s, and is refused when it overlaps', async () => {
    const { administrator, resident } = town.people;
    const shown = await see(places.show_grid, { id: town.grids.west }, administrator);
    assert.ok(shown.neighbours.length > 0);
    await assert.rejects(see(places.show_grid, { id: town.grids.west }, resident), { code: 'not_found' });
    const [first, ...others] = shown.corners!;
    const corners = [first!, ...others].map((was) => ({ was, longitude: was[0], latitude: was[1] }));
    const same = await see(places.preview_redraw, { id: town.grids.west, corners }, administrator);
    assert.deepEqual([same.changed.length, same.moves, same.faults], [1, [], []]);
    const names = { 'zh-CN': '西一网格', en: 'West 1' };
    const everything = {
      type: 'Polygon',
      coordinates: [
        [
          [116, 39],
          [117, 39],
          [117, 41],
          [116, 41],
          [116, 39],
        ],
      ],
    };
    const greedy = { id: town.grids.west, expected_version: shown.grid.version, names, boundary: everything };
    await assert.rejects(act(administrator, places.redraw_grid, greedy), { code: 'grid_overlaps' });
    assert.equal(
      (await see(places.show_grid, { id: town.grids.west }, administrator)).grid.version,
      shown.grid.version,
    );
  });
});
