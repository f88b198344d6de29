import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { extractOfLines, walkNetwork } from '#engines/walk_reach/index.ts';
import { addDays } from '#platform/clock.ts';
import { type PlannedDoor, planDoors, shortWay } from './door_order.ts';
import { dueOf, type PastKnock } from './due.ts';
import { gather } from './due_doors.ts';
import type { Occasion } from './occasion.ts';
import { hoursFor, KNOCKING_HOURS, knockingHours, nextKnock } from './quiet.ts';
import { knockedAt, OUTCOMES } from './visit.ts';
import { straightWalk, streetWalk } from './walk.ts';

const occasion = (within_days: number, every_days: number): Occasion => ({
  ...{ code: 'x', names: {}, within_days, every_days, care_kinds: [], categories: [], bring: {}, ask: {} },
});
const knock = (outcome: PastKnock['outcome'], knocked_on: string, come_again_on: string | null = null): PastKnock => ({
  ...{ outcome, knocked_on, come_again_on },
});

describe('a door is due', () => {
  const once = occasion(14, 0);
  const weekly = occasion(7, 7);
  const table: [string, Occasion, string, PastKnock[], string, string | null][] = [
    ['at once, with time until its date', once, '2026-03-01', [], '2026-03-01', '2026-03-15'],
    ['still when its date has passed', once, '2026-03-01', [], '2026-04-01', '2026-03-15'],
    ['no more once they answered', once, '2026-03-01', [knock('answered', '2026-03-02')], '2026-03-10', null],
    ['no more once they declined', once, '2026-03-01', [knock('declined', '2026-03-02')], '2026-03-10', null],
    [
      'still after nobody was home',
      once,
      '2026-03-01',
      [knock('nobody_home', '2026-03-02')],
      '2026-03-03',
      '2026-03-15',
    ],
    [
      'not on the day when nobody was home',
      once,
      '2026-03-01',
      [knock('nobody_home', '2026-03-02')],
      '2026-03-02',
      null,
    ],
    ['again for a newer cause', once, '2026-03-01', [knock('answered', '2026-01-02')], '2026-03-02', '2026-03-15'],
    ['again after its pace', weekly, '2026-01-01', [knock('answered', '2026-03-01')], '2026-03-08', '2026-03-08'],
    [
      'a quarter of its pace ahead',
      weekly,
      '2026-01-01',
      [knock('answered', '2026-03-01')],
      '2026-03-07',
      '2026-03-08',
    ],
    ['not sooner', weekly, '2026-01-01', [knock('by_phone', '2026-03-01')], '2026-03-06', null],
    [
      'by its pace from before the cause was renewed',
      weekly,
      '2026-03-02',
      [knock('answered', '2026-03-01')],
      '2026-03-03',
      null,
    ],
    ['much later after they declined', weekly, '2026-01-01', [knock('declined', '2026-03-01')], '2026-03-20', null],
    [
      'on the day agreed',
      once,
      '2026-03-01',
      [knock('answered', '2026-03-02', '2026-03-09')],
      '2026-03-09',
      '2026-03-09',
    ],
    [
      'not before the day agreed',
      weekly,
      '2026-01-01',
      [knock('answered', '2026-03-02', '2026-03-20')],
      '2026-03-12',
      null,
    ],
  ];
  for (const [what, of, since, knocks, today, due_on] of table)
    it(what, () => assert.equal(dueOf(of, since, knocks, today)?.due_on ?? null, due_on));

  it('counts knocks in a row at which nobody was home', () => {
    const knocks = [
      knock('nobody_home', '2026-03-05'),
      knock('nobody_home', '2026-03-03'),
      knock('by_phone', '2026-02-01'),
    ];
    assert.equal(dueOf(weekly, '2026-01-01', knocks, '2026-03-10')!.nobody_home, 2);
  });
});

describe('due lists', () => {
  const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2025-06-01', days));
  const knocks = fc
    .array(fc.record({ outcome: fc.constantFrom(...OUTCOMES), knocked_on: day, come_again_on: fc.option(day) }), {
      maxLength: 6,
    })
    .map((list) => list.sort((a, b) => (a.knocked_on < b.knocked_on ? 1 : -1)));
  const candidate = fc.record({
    household_id: fc.constantFrom('a', 'b', 'c', 'd'),
    occasion: fc.constantFrom('once', 'weekly'),
    reason: fc.constantFrom('moved_in', 'lives_alone'),
    since_on: day,
    knocks,
  });
  const place = {
    building_id: 'x',
    building_names: {},
    latitude: 0,
    longitude: 0,
    grid_id: null,
    unit: 1,
    floor: 1,
    door: '1',
    no_knock: false,
    wish: null,
    needs_two: false,
  };
  const occasions = new Map([
    ['once', { ...occasion(14, 0), code: 'once' }],
    ['weekly', { ...occasion(7, 7), code: 'weekly' }],
  ]);

  it('have each door once, the latest first, each with a cause that is due by itself', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 20 }), day, (list, today) => {
        const doors = gather(
          list.map((one) => ({ ...place, ...one })),
          occasions,
          today,
        );
        assert.equal(new Set(doors.map((door) => door.household_id)).size, doors.length);
        for (const [i, door] of doors.entries()) {
          assert.ok(i === 0 || doors[i - 1]!.late_days >= door.late_days);
          assert.equal(door.late_days, Math.max(...door.causes.map((cause) => cause.late_days)));
          assert.equal(new Set(door.causes.map((cause) => cause.occasion)).size, door.causes.length);
        }
        const due = list.filter((one) => dueOf(occasions.get(one.occasion)!, one.since_on, one.knocks, today));
        assert.deepEqual(new Set(doors.map((door) => door.household_id)), new Set(due.map((one) => one.household_id)));
      }),
    );
  });
});

describe('hours to knock', () => {
  const table: [number, number | null][] = [
    [0, 510],
    [510, 510],
    [719, 719],
    [720, 870],
    [1229, 1229],
    [1230, null],
  ];
  for (const [minute, next] of table)
    it(`from minute ${minute}: ${next}`, () => assert.equal(nextKnock(KNOCKING_HOURS, minute), next));
  it('are narrowed by what a household asks', () => {
    assert.deepEqual(hoursFor(KNOCKING_HOURS, { from_minute: 600, until_minute: 900 }), [
      { from_minute: 600, until_minute: 720 },
      { from_minute: 870, until_minute: 900 },
    ]);
  });
  it('are the community’s own where they can be read', () => {
    assert.deepEqual(knockingHours({ knocking_hours: [{ from_minute: 600, until_minute: 660 }] }), [
      { from_minute: 600, until_minute: 660 },
    ]);
    assert.equal(knockingHours({ knocking_hours: [{ from_minute: 700, until_minute: 660 }] }), KNOCKING_HOURS);
  });
});

const METRES_A_DEGREE = 111_195;
const door = (id: string, building = id, unit = 1, floor = 1, late_days = 0): PlannedDoor => ({
  ...{ household_id: id, building_id: building, unit, floor, door: `${floor}01`, late_days, wish: null },
});

describe('a round', () => {
  const walk = straightWalk({ latitude: 40, longitude: 116 }, [
    { id: 'near', latitude: 40.001, longitude: 116 },
    { id: 'far', latitude: 40.01, longitude: 116 },
  ]);
  const wanted = { starts_at_minute: 540, budget_minutes: 120, hours: KNOCKING_HOURS };

  it('climbs each stair once, from the top down, and walks on to the nearest', () => {
    const doors = [door('a', 'far', 1, 2), door('b', 'near', 2, 1), door('c', 'near', 1, 3), door('d', 'near', 1, 6)];
    assert.deepEqual(planDoors(doors, walk, wanted).household_ids, ['d', 'c', 'b', 'a']);
  });
  it('takes the most urgent when time is short', () => {
    const doors = [door('a', 'near', 1, 1, 1), door('b', 'far', 1, 1, 30)];
    assert.deepEqual(planDoors(doors, walk, { ...wanted, budget_minutes: 30 }).household_ids, ['b']);
  });
  it('is not longer for the order in which its buildings are named', () => {
    const places = [0.003, 0.001, 0.004, 0.002, 0.005].map((north, i) => ({
      id: `b${i}`,
      latitude: 40 + north,
      longitude: 116,
    }));
    const line = straightWalk({ latitude: 40, longitude: 116 }, places);
    assert.deepEqual(shortWay([0, 1, 2, 3, 4], line), [1, 3, 0, 2, 4]);
  });
  it('knocks nowhere in quiet hours', () => {
    assert.deepEqual(
      planDoors([door('a', 'near', 1, 1)], walk, { ...wanted, starts_at_minute: 1240 }).household_ids,
      [],
    );
  });
});

describe('a way along the streets', () => {
  // A river runs east; the only bridge is far west, so that what is near across it is far to walk to.
  const at = (x: number, y: number) => [116 + x / 1000, 40 + y / 1000];
  const streets = walkNetwork(
    extractOfLines([[at(0, 0), at(9, 0)], [at(0, 2), at(9, 2)], [at(0, 0), at(0, 2)]]), // biome-ignore format: three streets
  );
  const placed = (id: string, x: number, y: number) => ({ id, latitude: at(x, y)[1]!, longitude: at(x, y)[0]! });
  const buildings = [placed('across', 9, 2), placed('bridge', 1, 0), placed('far', 2, 2)];
  const start = { latitude: 40, longitude: 116.009 };

  it('goes over the bridge, and counts the metres of the way', () => {
    const [walk, straight] = [streetWalk(streets, start, buildings), straightWalk(start, buildings)];
    assert.deepEqual(shortWay([0, 1, 2], straight), [0, 2, 1]);
    assert.deepEqual(shortWay([0, 1, 2], walk), [1, 2, 0]);
    const metres = METRES_A_DEGREE * (0.009 * Math.cos((40 * Math.PI) / 180) * 2 + 0.002);
    assert.ok(Math.abs(walk.metres(-1, 0) - metres) < 1, `${walk.metres(-1, 0)} is not ${metres}`);
  });
  it('is the straight line where no street leads', () => {
    const island = [...buildings, placed('island', 500, 500)];
    const [walk, straight] = [streetWalk(streets, start, island), straightWalk(start, island)];
    assert.equal(walk.metres(0, 3), straight.metres(0, 3));
    assert.equal(walk.metres(-1, 3), straight.metres(-1, 3));
  });
});

describe('a phone’s clock', () => {
  const now = new Date('2026-03-04T02:00:00Z');
  it('never puts a knock into the future or before the one recorded earlier', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e8, max: 1e8 }),
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 0, max: 1e6 }),
        (off, offset_seconds, ago) => {
          const before = new Date(now.getTime() - ago * 1000);
          const { at } = knockedAt({ at: new Date(now.getTime() + off * 1000), offset_seconds }, now, before);
          assert.ok(at <= now && at >= before);
        },
      ),
    );
  });
});
