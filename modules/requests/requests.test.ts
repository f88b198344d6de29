import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pg from 'pg';
import { type Actor, system, visitor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { ask } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood, NOW } from '#tests/factories.ts';
import { refusedWith } from '#tests/stage.ts';
import { openRequestStage } from '#tests/told_requests.ts';
import * as requests from './index.ts';
import { MEASURES_LAST_MS } from './keep_a_minute.ts';

let now = NOW;
let town: Neighbourhood;
const { act, see, submit, show } = openRequestStage(
  (made) => {
    town = made;
  },
  () => now,
);

describe('a need that is told', () => {
  it('has a number, an owner by the first rule that holds, and a due date on the real calendar', async () => {
    const { id, owner_id, due_at } = await submit(town.people.resident);
    assert.equal(owner_id, town.people.handler.id);
    assert.equal(due_at, '2026-03-09T10:00:00.000Z');
    const shown = await show(town.people.resident, id);
    assert.deepEqual(shown.routed_by, {
      rule_number: 1,
      reason: '东区由安居物业维修',
      matched: ['category', 'grid'],
      owner_kind: 'organisation',
    });
    assert.equal(shown.grid?.id, town.grids.east);
    assert.equal(shown.thread.length, 1);
  });

  it('without a place goes to the desk', async () => {
    const { owner_id } = await submit(visitor, { place: {} });
    assert.equal(owner_id, town.people.desk.id);
  });

  it('from a visitor is public only when somebody has taken it on, and opens with its code', async () => {
    const { id } = await submit(visitor, { contact: '13800001234' });
    await assert.rejects(show(town.people.neighbour, id), refusedWith('not_found'));
    const follow_code = requests.followCode(town.environment.keys, id);
    assert.equal(
      (await see(visitor, requests.show_request, { id, follow_code })).text,
      '楼道灯坏了三天，老人上下楼看不清',
    );
    await act(town.people.handler, requests.accept_request, { id });
    assert.equal((await show(town.people.neighbour, id)).state, 'accepted');
  });

  it('keeps personal numbers out of what is public', async () => {
    const { id } = await submit(town.people.resident, { text: '灯坏了，打我电话13912345678' });
    assert.match((await show(town.people.neighbour, id)).text, /•+78$/);
    assert.match((await show(town.people.resident, id)).text, /13912345678/);
  });

  it('in a private category is seen by those it concerns alone, and their reading leaves a trace', async () => {
    const { id } = await submit(town.people.resident, { category: { code: 'hardship' } });
    await assert.rejects(show(town.people.neighbour, id), refusedWith('not_found'));
    await assert.rejects(show(town.people.west_worker, id), refusedWith('not_found'));
    await show(town.people.desk, id);
    const reads = await town.environment.database.of(town.community.id).selectFrom('file_reads').selectAll().execute();
    assert.deepEqual(
      reads.map((read) => [read.person_id, read.reader_id]),
      [[town.people.resident.id, town.people.desk.id]],
    );
  });

  it('twice with one id is one need; with another body it is refused', async () => {
    const id = newId();
    const input = { category: { code: 'noise' }, text: '夜里装修' };
    const [first, second] = await Promise.all([
      act(town.people.resident, requests.submit_request, input, id),
      act(town.people.resident, requests.submit_request, input, id),
    ]);
    assert.deepEqual(first, second);
    await assert.rejects(
      act(town.people.resident, requests.submit_request, { ...input, text: '别的' }, id),
      refusedWith('id_used_before'),
    );
    await assert.rejects(act(town.people.neighbour, requests.submit_request, input, id), refusedWith('id_used_before'));
  });
});

describe('a need that cannot be taken as it is', () => {
  const table: [what: string, more: Record<string, unknown>, code: string][] = [
    ['over-long text', { text: '长'.repeat(4001) }, 'too_long'],
    ['no text', { text: '   ' }, 'required'],
    ['unknown category', { category: { code: 'nothing' } }, 'category_unknown'],
    ['a place outside', { place: { latitude: 31, longitude: 117 } }, 'place_outside'],
    ['half a coordinate', { place: { latitude: 40.01 } }, 'coordinates_incomplete'],
    ['an unknown door', { place: { household_id: newId() } }, 'place_unknown'],
    ['a field the category does not ask', { details: { colour: 'red' } }, 'field_unknown'],
    ['a choice that is not offered', { details: { where: 'roof' } }, 'invalid_choice'],
    ['a photo that was not uploaded', { photos: ['0'.repeat(64)] }, 'photo_unknown'],
    ['desk intake by a resident', { intake: 'desk' }, 'staff_only'],
  ];
  for (const [what, more, code] of table)
    it(what, () => assert.rejects(submit(town.people.resident, more), refusedWith(code)));
});

describe('what an administrator writes', () => {
  it('is refused with a code when it is there already, or names what is not', async () => {
    const category = { code: 'noise', names: { 'zh-CN': '噪音', en: 'Noise' }, response_hours: 4, target_days: 3 };
    await assert.rejects(
      act(town.people.administrator, requests.write_category, category),
      refusedWith('there_already'),
    );
    const rule = { position: 1, owner_kind: 'grid_worker', reason: 'x', category_id: newId() };
    await assert.rejects(act(town.people.administrator, requests.write_rule, rule), refusedWith('reference_unknown'));
  });
});

describe('lists and measures', () => {
  it('shows visitors what is public, in pages without gaps', async () => {
    const seen: number[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof requests.list_requests.run>> = await see(visitor, requests.list_requests, {
        limit: 4,
        after: after ?? undefined,
      });
      seen.push(...page.requests.map((request) => request.number));
      after = page.next;
    } while (after);
    const all = await town.environment.database
      .of(town.community.id)
      .selectFrom('requests')
      .select('number')
      .where('is_public', '=', true)
      .execute();
    assert.deepEqual([...seen].sort(), all.map((row) => row.number).sort());
  });

  it('finds Chinese words', async () => {
    const { requests: found } = await see(visitor, requests.list_requests, { words: '楼道灯' });
    assert.ok(found.length > 0 && found.every((request) => request.text.includes('楼道')));
    assert.equal(
      (await see(visitor, requests.list_requests, { words: "'; drop table requests; --电梯" })).requests.length,
      0,
    );
  });

  it('suggests what was told near by', async () => {
    const near = { text: '楼道的灯坏了', latitude: 40.01, longitude: 116.33 };
    assert.ok((await see(visitor, requests.find_similar, near)).length > 0);
    assert.equal((await see(visitor, requests.find_similar, { ...near, text: '想学跳舞' })).length, 0);
  });

  it('divides by what is open and overdue as well', async () => {
    now = new Date('2026-05-01T00:00:00Z');
    const { all, by_owner } = await see(visitor, requests.show_measures, {});
    assert.equal(by_owner.length, 0);
    assert.ok(all.open_overdue > 0);
    assert.equal(all.rates.on_time, all.answered_on_time / (all.answered + all.open_overdue));
    assert.equal((await see(town.people.secretary, requests.show_measures, {})).by_owner.length > 0, true);
    now = NOW;
  });

  it('shows everybody the same figures, which are a minute old at most', async () => {
    now = new Date('2026-05-02T00:00:00Z');
    const figures = () => see(visitor, requests.show_public_measures, {});
    const [first, second] = await Promise.all([
      figures(),
      see(town.people.resident, requests.show_public_measures, {}),
    ]);
    assert.equal(second, first, 'added up once for all who ask at the same time');
    const { all } = await see(visitor, requests.show_measures, {});
    assert.deepEqual(first, { measured_at: now, ...all });
    await submit(town.people.resident);
    now = new Date(first.measured_at.getTime() + MEASURES_LAST_MS - 1);
    assert.equal(await figures(), first);
    now = new Date(first.measured_at.getTime() + MEASURES_LAST_MS);
    assert.deepEqual([(await figures()).total, (await figures()).measured_at], [first.total + 1, now]);
    now = NOW;
    assert.deepEqual((await figures()).measured_at, NOW, 'figures of a later moment are not shown');
    const other = await makeNeighbourhood({ clock: () => now });
    const caller = { actor: visitor, community: other.community, via: 'test' };
    assert.equal((await ask(other.environment, caller, requests.show_public_measures, {})).total, 0);
    await other.close();
  });

  it('gives programs the figures of the last full minute, the public’s apart from those of staff', async () => {
    now = new Date('2026-05-03T00:00:20Z');
    const minute = new Date('2026-05-03T00:00:00Z');
    const figures = (actor: Actor, period = {}) => see(actor, requests.show_measures_of_minute, period);
    const first = await figures(visitor);
    assert.deepEqual(first, await see(visitor, requests.show_measures, { to: minute }));
    await submit(town.people.resident);
    now = new Date('2026-05-03T00:00:59Z');
    assert.equal(await figures(visitor), first);
    assert.equal(await figures(town.people.resident), first);
    assert.ok((await figures(town.people.secretary)).by_owner.length > 0);
    assert.equal(
      (await figures(visitor, { to: now })).all.total,
      first.all.total + 1,
      'another period is another answer',
    );
    now = new Date('2026-05-03T00:01:00Z');
    assert.equal((await figures(visitor)).all.total, first.all.total + 1);
    await assert.rejects(async () => figures(visitor, { from: now, to: minute }), { code: 'period_invalid' });
    now = NOW;
  });

  it('finds nothing lost', async () => {
    const lost = { name: 'test.find_lost', input: requests.list_categories.input, run: requests.findLost };
    assert.deepEqual(await see(system, lost as never, {}), []);
  });

  it('finds a common word in the same rows, whatever else is asked and whoever asks', async () => {
    const text = '漏水了，管道要修';
    const { id } = await submit(town.people.resident, { text });
    await act(town.people.handler, requests.accept_request, { id });
    const owner = new pg.Client({ connectionString: town.owner_url });
    await owner.connect();
    await owner.query("select set_config('app.community_id', $1, false)", [town.community.id]);
    // Every third is private.
    await owner.query(
      `insert into requests select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'number', 100000 + n,
        'is_public', n % 3 > 0, 'submitted_at', r.submitted_at + make_interval(secs => n)))).*
      from requests r, generate_series(1, 2400) n where r.id = $1`,
      [id],
    );
    await owner.end();
    const numbers = async (actor: Actor, more: Record<string, unknown> = {}) =>
      (await see(actor, requests.list_requests, { words: '漏水', limit: 30, ...more })).requests.map(
        (one) => one.number,
      );
    const newest = Array.from({ length: 60 }, (_, i) => 102_400 - i);
    const shown = newest.filter((number) => (number - 100_000) % 3 > 0).slice(0, 30);
    assert.deepEqual(await numbers(town.people.secretary), newest.slice(0, 30));
    assert.deepEqual(await numbers(visitor), shown);
    assert.deepEqual(await numbers(visitor, { grid_id: town.grids.east }), shown);
    assert.deepEqual(await numbers(visitor, { grid_id: town.grids.west }), []);
    assert.deepEqual(await numbers(visitor, { words: '漏水 电梯' }), []);
  });
});
