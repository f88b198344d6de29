import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { write_person } from '#modules/people/index.ts';
import { import_network } from '#modules/places/index.ts';
import { type Neighbourhood, NOW } from '#tests/factories.ts';
import { openVisitStage } from '#tests/knocks.ts';
import * as visits from './index.ts';

let town: Neighbourhood;
let now = NOW;
const { act, see, db, moveIn, addDoor, knock, record } = openVisitStage(
  (made) => {
    town = made;
  },
  () => now,
);

describe('a round', () => {
  it('goes from the top down, and counts what the server holds', async () => {
    const { east_worker } = town.people;
    const doors = [await addDoor('201', 2), await addDoor('601', 6), await addDoor('401', 4)];
    // One verified residence a person: behind each door lives somebody else.
    for (const door of doors)
      await moveIn((await act(town.people.desk, write_person, { name: `住户${door}` })).id, door);
    const planned = await act(east_worker, visits.plan_round, {
      planned_on: '2026-03-04',
      starts_at_minute: 600,
      budget_minutes: 90,
    });
    const round = await see(east_worker, visits.show_round, { id: planned.id });
    assert.deepEqual([planned.walk_by, round.walk_by], ['straight', 'straight']);
    assert.deepEqual(
      round.doors_in_order.map((door) => door.floor),
      [6, 5, 4, 2],
    );
    await assert.rejects(act(east_worker, visits.plan_round, { planned_on: '2026-03-04' }), { code: 'no_doors_due' });
    await assert.rejects(see(town.people.west_worker, visits.show_round, { id: planned.id }), { code: 'not_found' });
    await record(east_worker, knock({ household_id: doors[1], round_id: planned.id }));
    assert.equal((await see(east_worker, visits.show_round, { id: planned.id })).visited, 1);

    const moved = await act(town.people.desk, visits.hand_over_doors, {
      household_ids: doors,
      to_worker_id: town.people.west_worker.id,
      reason: '王芳休假',
    });
    assert.equal(moved.moved, 2);
    const left = await see(east_worker, visits.show_round, { id: planned.id });
    assert.deepEqual([left.doors, left.visited, left.off], [2, 1, 2]);
    const [theirs] = await see(town.people.west_worker, visits.list_rounds, {});
    assert.deepEqual([theirs!.doors, theirs!.visited, theirs!.planned_on], [2, 0, '2026-03-04']);
    await record(town.people.west_worker, knock({ household_id: doors[0], round_id: theirs!.id }));
  });

  it('is walked along the streets once they are brought in', async () => {
    const { east_worker, administrator } = town.people;
    const { latitude, longitude } = await db()
      .selectFrom('buildings')
      .select(['latitude', 'longitude'])
      .where('id', '=', town.building)
      .executeTakeFirstOrThrow();
    const from = { latitude: latitude - 0.001, longitude };
    // The street goes round a block: three times as far as the straight line.
    const street = [
      [longitude, from.latitude],
      [longitude + 0.001, from.latitude],
      [longitude + 0.001, latitude],
      [longitude, latitude],
      [longitude - 0.04, latitude],
    ];
    const layers = { water: [], green: [], main: [], street: [street], lane: [], path: [] };
    await act(administrator, import_network, { layers, bounds: null, attribution: 'drawn for a test' });
    await moveIn((await act(town.people.desk, write_person, { name: '街口住户' })).id, await addDoor('701', 7));
    const planned = await act(east_worker, visits.plan_round, { planned_on: '2026-03-05', from });
    assert.equal(planned.walk_by, 'streets');
    const metres = 111_195 * 0.001 * (1 + 2 * Math.cos((latitude * Math.PI) / 180));
    assert.ok(Math.abs(planned.walk_metres - metres) < 2, `${planned.walk_metres} is not ${metres}`);
    const { walk } = await see(east_worker, visits.pack_round, { id: planned.id });
    assert.deepEqual(walk, { building_ids: [town.building], metres: [[0]] });
  });

  it('is packed with what it needs and nothing else', async () => {
    const { east_worker } = town.people;
    const [round] = await see(east_worker, visits.list_rounds, {});
    const before = (await see(east_worker, visits.pack_round, { id: round!.id })).doors.map(
      (door) => door.household_id,
    );
    const [first, second] = before as [string, string];
    await act(east_worker, visits.write_safety_note, { household_id: second, note: '门口有台阶' });
    now = new Date(NOW.getTime() + 60_000);
    for (const note of ['上次在家', '这次在家']) {
      now = new Date(now.getTime() + 60_000);
      await record(east_worker, knock({ household_id: first, note }));
    }
    const pack = await see(east_worker, visits.pack_round, { id: round!.id });
    now = NOW;
    assert.deepEqual(
      pack.doors.map((door) => [door.household_id, door.last?.note ?? null, door.safety]),
      [
        [first, '这次在家', []],
        [second, null, ['门口有台阶']],
      ],
    );
    const text = JSON.stringify(pack);
    assert.equal(pack.doors.length, 2);
    assert.ok(pack.occasions.length >= 6 && pack.categories.length === 3);
    assert.ok(!text.includes('李明') && !/sealed|fingerprint|phone_/.test(text));
    await assert.rejects(see(town.people.neighbour, visits.pack_round, { id: round!.id }), { code: 'not_found' });
  });
});
