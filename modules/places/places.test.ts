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
    const input = { id: town.grids.west, expected_version: 1, names, boundary };
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
