import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { record_care } from '#modules/people/index.ts';
import { show_request } from '#modules/requests/index.ts';
import type { Actor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { type Neighbourhood, NOW } from '#tests/factories.ts';
import { openVisitStage } from '#tests/knocks.ts';
import * as visits from './index.ts';

let town: Neighbourhood;
let now = NOW;
const { act, see, db, addDoor, knock, record } = openVisitStage(
  (made) => {
    town = made;
  },
  () => now,
);
const need = (more: Record<string, unknown> = {}) => ({
  id: newId(),
  category: 'repairs',
  text: '楼道灯坏了',
  ...more,
});

describe('a due list', () => {
  it('has whoever moved in lately, in the worker’s own grid, and tells those behind the door', async () => {
    const { east_worker, west_worker, resident, desk } = town.people;
    const mine = await see(east_worker, visits.list_due_doors, {});
    assert.deepEqual(
      mine.doors.map((door) => [door.household_id, door.causes[0]!.reason, door.causes[0]!.due_on]),
      [[town.household, 'moved_in', '2026-03-15']],
    );
    assert.equal((await see(west_worker, visits.list_due_doors, {})).total, 0);
    assert.equal((await see(desk, visits.list_due_doors, {})).total, 1);
    await assert.rejects(see(resident, visits.list_due_doors, {}), { code: 'not_found' });
    await assert.rejects(see(west_worker, visits.list_due_doors, { grid_id: town.grids.east }), { code: 'not_found' });
    const reads = await db()
      .selectFrom('file_reads')
      .select(['reader_id', 'reason'])
      .where('person_id', '=', resident.id)
      .execute();
    assert.ok(reads.some((read) => read.reader_id === east_worker.id && read.reason === 'people.reasons.due_list'));
  });

  it('has circumstances until they expire, and one door once with all its reasons', async () => {
    const { east_worker, resident } = town.people;
    await act(east_worker, record_care, {
      person_id: resident.id,
      kind: 'lives_alone',
      legal_ground: 'statutory_duty',
    });
    const [door] = (await see(east_worker, visits.list_due_doors, {})).doors;
    assert.deepEqual(door!.causes.map((cause) => cause.occasion).sort(), ['elder_living_alone', 'newly_moved_in']);
    const shown = await see(east_worker, visits.show_door, { household_id: door!.household_id });
    assert.deepEqual(shown.causes, door!.causes);
    const other = await see(east_worker, visits.show_door, { household_id: await addDoor('109', 1) });
    assert.deepEqual(other.causes, []);
    const filtered = await see(east_worker, visits.list_due_doors, { occasion: 'hardship' });
    assert.deepEqual([filtered.total, filtered.by_occasion], [0, { elder_living_alone: 1, newly_moved_in: 1 }]);
    now = new Date('2027-06-01T02:00:00Z');
    assert.equal((await see(east_worker, visits.list_due_doors, {})).total, 0);
    now = NOW;
  });
});

describe('a visit', () => {
  it('is recorded once however often it is sent, and each need has an owner at once', async () => {
    const { east_worker } = town.people;
    const [passed, kept, promised] = [
      need(),
      need({ settled: 'on_the_spot', words: '灯泡换好了' }),
      need({ settled: 'promised', promised_on: '2026-03-06' }),
    ];
    const visit = knock({
      household_id: await addDoor('101', 1),
      needs: [passed, kept, promised],
      note: '灯坏了好几天',
    });
    const first = await record(east_worker, visit);
    assert.deepEqual(await record(east_worker, visit), first);
    assert.deepEqual(
      first.requests.map((one) => one.id),
      [passed.id, kept.id, promised.id],
    );
    const shown = [];
    for (const { number } of first.requests) shown.push(await see(east_worker, show_request, { number }));
    assert.deepEqual(
      shown.map((one) => [one.state, one.owner_id === east_worker.id]),
      [
        ['submitted', false],
        ['done', true],
        ['promised', true],
      ],
    );
    assert.equal(shown[2]!.due_at?.toISOString(), '2026-03-06T10:00:00.000Z');
    await assert.rejects(record(east_worker, { ...visit, note: '别的' } as typeof visit), { code: 'id_used_before' });
    const stored = await db().selectFrom('visits').select(['note_sealed']).where('id', '=', visit.id).execute();
    assert.equal(stored.length, 1);
    assert.ok(!stored[0]!.note_sealed!.toString().includes('灯'));
  });

  it('is sent by ten at once and is there once', async () => {
    const visit = knock({ household_id: await addDoor('102', 1), needs: [need()] });
    const answers = await Promise.all(Array.from({ length: 10 }, () => record(town.people.east_worker, visit)));
    assert.equal(new Set(answers.map((one) => JSON.stringify(one))).size, 1);
    const requests = await db()
      .selectFrom('requests')
      .select('id')
      .where('household_id', '=', visit.household_id as string)
      .execute();
    assert.equal(requests.length, 1);
  });

  it('leaves nothing behind when a part of it is refused', async () => {
    const visit = knock({ household_id: await addDoor('103', 1), needs: [need(), need({ category: 'nonsense' })] });
    await assert.rejects(record(town.people.east_worker, visit), { code: 'category_unknown' });
    const rows = await db().selectFrom('visits').select('id').where('id', '=', visit.id).execute();
    assert.equal(rows.length, 0);
  });

  it('is refused where it cannot be, with a code', async () => {
    const { east_worker, west_worker, resident } = town.people;
    const table: [Actor, Record<string, unknown>, string][] = [
      [west_worker, {}, 'not_found'],
      [resident, {}, 'not_found'],
      [east_worker, { occasion: 'no_such_thing' }, 'occasion_unknown'],
      [east_worker, { needs: [need({ settled: 'promised' })] }, 'promise_needs_date'],
      [east_worker, { needs: [need({ promised_on: '2026-03-06' })] }, 'promise_only'],
      [east_worker, { outcome: 'nobody_home', needs: [need()] }, 'nobody_said'],
      [east_worker, { outcome: 'great' }, 'invalid_choice'],
    ];
    for (const [actor, more, code] of table) await assert.rejects(record(actor, knock(more)), { code });
  });

  it('keeps the order of the phone and flags a clock that is days off', async () => {
    const { east_worker } = town.people;
    const household_id = await addDoor('104', 1);
    const device = (order: number, at: string) => ({ id: PHONE, order, at, offset_seconds: 0 });
    const sound = await record(east_worker, knock({ household_id, device: device(1, '2026-03-04T01:00:00Z') }));
    const ahead = await record(
      east_worker,
      knock({ household_id, outcome: 'by_phone', device: device(2, '2026-03-09T01:00:00Z') }),
    );
    const behind = await record(
      east_worker,
      knock({ household_id, outcome: 'declined', device: device(3, '2026-01-01T01:00:00Z') }),
    );
    assert.deepEqual(
      [sound, ahead, behind].map((one) => one.clock_is_skewed),
      [false, true, true],
    );
    const rows = await db()
      .selectFrom('visits')
      .select(['device_order', 'knocked_at'])
      .where('household_id', '=', household_id)
      .orderBy('device_order')
      .execute();
    const times = rows.map((row) => row.knocked_at.getTime());
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
    assert.ok(times.every((time) => time <= NOW.getTime()));
  });
});
const PHONE = newId();

describe('two accounts of one door', () => {
  it('are kept side by side, also when both knock at once, and decided once by a person', async () => {
    const { east_worker, desk, secretary } = town.people;
    const other: Actor = {
      ...town.people.west_worker,
      roles: [{ role: 'grid_worker', scope_kind: 'grid', scope_id: town.grids.east }],
    };
    const household_id = await addDoor('105', 1);
    const [mine, theirs] = [knock({ household_id }), knock({ household_id, outcome: 'nobody_home' })];
    const answers = await Promise.all([record(east_worker, mine), record(other, theirs)]);
    assert.equal(answers.flatMap((one) => one.conflicts).length, 1);
    await assert.rejects(see(east_worker, visits.list_conflicts, {}), { code: 'not_found' });
    const [conflict] = (await see(desk, visits.list_conflicts, {})).conflicts;
    assert.deepEqual(
      conflict!.accounts.map((visit) => visit.id),
      [conflict!.other_visit_id, conflict!.visit_id],
    );
    const decisions = await Promise.allSettled(
      [desk, secretary].map((actor) =>
        act(actor, visits.decide_conflict, { id: conflict!.id, decision: 'first_stands' }),
      ),
    );
    assert.deepEqual(decisions.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
    const { visits: standing } = await see(desk, visits.list_visits, { from_on: '2026-03-04', to_on: '2026-03-04' });
    const here = standing.filter((visit) => visit.household_id === household_id);
    assert.deepEqual(
      here.map((visit) => visit.id),
      [conflict!.accounts[0]!.id],
    );
    assert.equal((await see(desk, visits.list_conflicts, { decided: true })).conflicts[0]!.accounts.length, 2);
  });

  it('are flagged when the desk changed the household meanwhile', async () => {
    const household_id = await addDoor('106', 1);
    await act(town.people.desk, visits.ask_not_to_knock, { household_id, wish: 'no_knock' });
    const { conflicts } = await record(
      town.people.east_worker,
      knock({ household_id, packed_at: '2026-03-04T00:00:00Z' }),
    );
    assert.equal(conflicts.length, 1);
    const { desk, east_worker } = town.people;
    await record(east_worker, knock({ household_id, packed_at: '2026-03-04T00:00:00Z' }));
    const listed = await see(desk, visits.list_conflicts, {});
    const found = listed.conflicts.find((one) => one.id === conflicts[0]);
    const paged = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: typeof listed = await see(desk, visits.list_conflicts, { after, limit: 1 });
      paged.push(...page.conflicts.map((one) => one.id));
      after = page.next;
    }
    assert.ok(paged.length > 1);
    assert.deepEqual(
      paged,
      listed.conflicts.map((one) => one.id),
    );
    assert.deepEqual(found!.changes, ['wish']);
  });
});

describe('what a household asks for', () => {
  it('is theirs to say, keeps them off rounds, and is lifted again', async () => {
    const { resident, neighbour, east_worker } = town.people;
    const ask_for = (actor: Actor, more = {}) =>
      act(actor, visits.ask_not_to_knock, { household_id: town.household, wish: 'no_knock', ...more });
    await assert.rejects(ask_for(neighbour), { code: 'not_found' });
    await assert.rejects(ask_for(resident, { wish: 'only_between', from_minute: 600, until_minute: 500 }), {
      code: 'hours_wrong',
    });
    await ask_for(resident);
    await ask_for(resident);
    assert.deepEqual(
      (await see(resident, visits.my_knock_wishes, {})).map((wish) => wish.wish),
      ['no_knock'],
    );
    const due = await see(east_worker, visits.list_due_doors, {});
    assert.ok(due.doors.filter((door) => door.household_id === town.household).every((door) => door.no_knock));
    await act(resident, visits.allow_knocks, { household_id: town.household });
    assert.deepEqual(await see(resident, visits.my_knock_wishes, {}), []);
  });

  it('asks for two where a note says so, until it ends', async () => {
    const { east_worker, west_worker } = town.people;
    const household_id = await addDoor('107', 1);
    await assert.rejects(act(west_worker, visits.write_safety_note, { household_id, note: '养了大狗' }), {
      code: 'not_found',
    });
    const { id } = await act(east_worker, visits.write_safety_note, { household_id, note: '养了大狗' });
    const door = await see(east_worker, visits.show_door, { household_id });
    assert.deepEqual([door.needs_two, door.safety[0]!.note], [true, '养了大狗']);
    await record(east_worker, knock({ household_id }));
    assert.equal((await see(east_worker, visits.list_visits, { alone: true })).visits.length, 1);
    await act(east_worker, visits.end_safety_note, { id });
    assert.equal((await see(east_worker, visits.show_door, { household_id })).needs_two, false);
  });
});

describe('coverage', () => {
  it('adds up to the visits behind it', async () => {
    const { desk, resident } = town.people;
    const coverage = await see(desk, visits.show_coverage, {});
    const { visits: all } = await see(desk, visits.list_visits, { limit: 500 });
    assert.equal(coverage.all.knocks, all.length);
    assert.equal(coverage.all.needs, all.flatMap((visit) => visit.needs).length);
    assert.equal(
      coverage.by_grid.reduce((sum, group) => sum + group.knocks, 0),
      all.length,
    );
    assert.deepEqual([coverage.all.on_the_spot, coverage.all.promised, coverage.all.promises_due], [1, 1, 0]);
    await assert.rejects(see(resident, visits.show_coverage, {}), { code: 'not_found' });
  });
});
