import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Actor, system } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import type { Neighbourhood } from '#tests/factories.ts';
import { openResidentStage } from '#tests/residents.ts';
import * as people from './index.ts';

let town: Neighbourhood;
let now = new Date('2026-03-04T02:00:00Z');
const { act, see, db, resident } = openResidentStage(
  (made) => {
    town = made;
  },
  () => now,
);
const newcomer = async (phone: string): Promise<Actor> => {
  const login_id = newId();
  await db().insertInto('logins').values({ id: login_id, created_at: new Date() }).execute();
  const { id } = await act(system, people.welcome_person, { login_id, phone });
  return { kind: 'person', id, roles: [] };
};

describe('a person', () => {
  it('who signs in becomes the one whom staff wrote down with that phone', async () => {
    const written = await act(town.people.desk, people.write_person, { name: '吴桂兰', phone: '+8613800001111' });
    assert.equal((await newcomer('+8613800001111')).id, written.id);
    const other = await newcomer('+8613800001112');
    assert.notEqual(other.id, written.id);
    await assert.rejects(act(town.people.desk, people.welcome_person, { login_id: newId() }), { code: 'not_found' });
  });

  it('sees everything recorded and who read it, and a reading without a reason is none', async () => {
    const elder = await act(town.people.desk, people.write_person, {
      name: '钱秀英',
      phone: '+8613800002222',
      born_in_year: 1941,
    });
    const me: Actor = { kind: 'person', id: elder.id, roles: [] };
    const found = await see(town.people.east_worker, people.find_people, { name: '钱秀英', reason: '上门看望' });
    assert.deepEqual(
      found.map((one) => [one.name_masked, one.phone_masked]),
      [['钱**', '••••••••••2222']],
    );
    await assert.rejects(see(town.people.east_worker, people.unmask, { person_id: elder.id, reason: '' }), {
      code: 'too_short',
    });
    const shown = await see(town.people.east_worker, people.unmask, { person_id: elder.id, reason: '约上门时间' });
    assert.equal(shown.contacts[0]!.value, '+8613800002222');
    const file = await see(me, people.my_file, {});
    assert.equal(file.name, '钱秀英');
    assert.deepEqual(
      file.reads.map((read) => [read.reader_name, read.reason]),
      [
        ['王芳', '约上门时间'],
        ['王芳', '上门看望'],
      ],
    );
    await assert.rejects(see(town.people.resident, people.unmask, { person_id: elder.id, reason: '好奇' }), {
      code: 'not_found',
    });
    await assert.rejects(see(town.people.resident, people.find_people, { name: '钱秀英', reason: '好奇' }), {
      code: 'not_found',
    });
    await assert.rejects(act(town.people.resident, people.write_person, { id: elder.id, name: '改名' }), {
      code: 'not_found',
    });
  });

  it('is sealed to their own row: a value moved to another does not open', async () => {
    const [a, b] = [
      await act(town.people.desk, people.write_person, { name: '甲甲' }),
      await act(town.people.desk, people.write_person, { name: '乙乙' }),
    ];
    const db = town.environment.database.of(town.community.id);
    const { name_sealed } = await db
      .selectFrom('people')
      .select('name_sealed')
      .where('id', '=', a.id)
      .executeTakeFirstOrThrow();
    await db.updateTable('people').set({ name_sealed }).where('id', '=', b.id).execute();
    await assert.rejects(see({ kind: 'person', id: b.id, roles: [] }, people.my_file, {}));
  });

  it('can have something corrected, by somebody else', async () => {
    const { id } = await act(town.people.desk, people.write_person, { name: '孙三' });
    const me: Actor = { kind: 'person', id, roles: [] };
    const asked = await act(me, people.ask_for_correction, { field: 'name', proposed: '孙珊', reason: '写错了' });
    await assert.rejects(act(me, people.decide_correction, { id: asked.id, make: true, reason: '我自己' }), {
      code: 'not_found',
    });
    await act(town.people.desk, people.decide_correction, { id: asked.id, make: true, reason: '看过证件' });
    await assert.rejects(act(town.people.desk, people.decide_correction, { id: asked.id, make: false, reason: 'x' }), {
      code: 'correction_settled',
    });
    assert.equal((await see(me, people.my_file, {})).name, '孙珊');
  });
});

describe('a proxy', () => {
  it('acts for somebody once they agreed, and no longer when ended', async () => {
    const { mayActFor } = await import('#platform/accounts/index.ts');
    const [mother, son] = [await newcomer('+8613800003331'), await newcomer('+8613800003332')];
    const { id } = await act(son, people.ask_for_proxy, { subject_phone: '+8613800003331', relation: 'child' });
    const may = () => mayActFor(town.environment, town.community, son, mother.id);
    assert.equal(await may(), false);
    await assert.rejects(act(son, people.agree_to_proxy, { id }), { code: 'not_found' });
    await act(mother, people.agree_to_proxy, { id });
    assert.equal(await may(), true);
    await assert.rejects(act(son, people.ask_for_proxy, { subject_phone: '+8613800003331', relation: 'child' }), {
      code: 'proxy_asked',
    });
    await act(mother, people.end_proxy, { id });
    assert.equal(await may(), false);
  });

  it('is recorded by staff for an elder without a phone, never by the one who asks', async () => {
    const elder = await act(town.people.desk, people.write_person, { name: '何奶奶' });
    const input = { subject_id: elder.id, relation: 'child', agreed_how: '当面同意' };
    await assert.rejects(act(town.people.neighbour, people.ask_for_proxy, input), { code: 'staff_only' });
    await act(town.people.desk, people.ask_for_proxy, { ...input, proxy_id: town.people.neighbour.id });
  });
});

describe('a role', () => {
  it('is given by administrators, once, and the last administrator stays, even when two end at once', async () => {
    const { administrator, resident, desk } = town.people;
    await assert.rejects(act(desk, people.grant_role, { person_id: resident.id, role: 'desk_officer' }), {
      code: 'not_found',
    });
    const grants = await Promise.allSettled(
      [1, 2].map(() => act(administrator, people.grant_role, { person_id: resident.id, role: 'administrator' })),
    );
    assert.deepEqual(grants.map((grant) => grant.status).sort(), ['fulfilled', 'rejected']);
    const rows = await town.environment.database
      .of(town.community.id)
      .selectFrom('role_grants')
      .select('id')
      .where('role', '=', 'administrator')
      .where('ended_at', 'is', null)
      .execute();
    const ends = await Promise.allSettled(rows.map((row) => act(administrator, people.end_role, { id: row.id })));
    assert.deepEqual(ends.map((end) => end.status).sort(), ['fulfilled', 'rejected']);
  });
});

describe('what is recorded', () => {
  const tombstones = async (actor: Actor) => (await see(actor, people.my_file, {})).deleted.map((one) => one.ground);
  const run = async () => {
    while ((await act(system, people.delete_due, { limit: 2 })).deleted > 0);
  };

  it('is deleted when it is due, with a tombstone: at once when withdrawn, some weeks after it ran out', async () => {
    const me = await resident('叶秋', 1945);
    const { east_worker } = town.people;
    await act(me, people.give_consent, { purpose: 'care_visits', text_version: await version() });
    await act(east_worker, people.record_care, { person_id: me.id, kind: 'lives_alone' });
    await act(east_worker, people.record_care, { person_id: me.id, kind: 'illness', legal_ground: 'emergency' });
    await run();
    assert.equal((await see(me, people.my_file, {})).care.length, 2);
    await act(me, people.withdraw_consent, { purpose: 'care_visits' });
    await run();
    assert.deepEqual([(await see(me, people.my_file, {})).care.length, await tombstones(me)], [1, ['withdrawn']]);
    const began = now;
    now = new Date(began.getTime() + (180 + 29) * 86_400_000);
    await run();
    assert.equal((await see(me, people.my_file, {})).care.length, 1);
    now = new Date(began.getTime() + (180 + 32) * 86_400_000);
    await run();
    assert.deepEqual(
      [(await see(me, people.my_file, {})).care.length, await tombstones(me)],
      [0, ['expired', 'withdrawn']],
    );
    now = began;
    await assert.rejects(act(town.people.administrator, people.delete_due, {}), { code: 'not_found' });
  });

  it('is erased by oneself alone, except for what is said to stay, and leads to nobody from then on', async () => {
    const me = await resident('秦可人', 1958);
    await act(me, people.add_contact, { person_id: me.id, kind: 'phone', value: '13700009999' });
    await act(town.people.east_worker, people.record_care, {
      ...{ person_id: me.id, kind: 'lives_alone', consent_how: 'said_at_door', note: '爱听戏' },
    });
    const { kept, taken } = await see(me, people.what_is_kept, {});
    assert.ok(kept.every((one) => one.articles.length > 0) && taken.includes('name'));
    assert.equal(kept.find((one) => one.thing === 'consents')?.count, 1);
    const proxy = { ...town.people.neighbour, on_behalf_of_id: me.id };
    await assert.rejects(act(proxy, people.erase_me, { understood: true }), { code: 'sign_in_first' });
    await assert.rejects(act(town.people.desk, people.erase_me, { understood: true }), { code: 'role_first' });
    await act(me, people.erase_me, { understood: true });
    await assert.rejects(see(me, people.my_file, {}), { code: 'not_found' });
    const { desk } = town.people;
    for (const by of [{ name: '秦可人' }, { phone: '+8613700009999' }, { household_id: town.household }]) {
      const found = await see(desk, people.find_people, { ...by, reason: '找人' });
      assert.ok(!found.some((one) => one.id === me.id));
    }
    const left = await db().selectFrom('tombstones').select('kind').where('person_id', '=', me.id).execute();
    assert.deepEqual(left.map((one) => one.kind).sort(), ['care_circumstance', 'person']);
  });

  it('is given out as a file by a job, to its owner alone, and no more than a few a day', async () => {
    const me = await resident('顾盼', 1980);
    const { id } = await act(me, people.ask_for_export, { format: 'json' });
    const jobs = await see(me, people.my_exports, {});
    assert.deepEqual(
      jobs.map((one) => [one.id, one.state]),
      [[id, 'waiting']],
    );
    assert.deepEqual(await see(await resident('旁人'), people.my_exports, {}), []);
    const staff = { ...town.people.desk, on_behalf_of_id: me.id };
    await assert.rejects(act(staff, people.ask_for_export, { format: 'json' }), { code: 'not_found' });
    for (let i = 0; i < 3; i++) await act(me, people.ask_for_export, { format: 'pdf' });
    await assert.rejects(act(me, people.ask_for_export, { format: 'pdf' }), { code: 'exports_enough' });
  });

  const version = async () =>
    (await see(town.people.neighbour, people.my_consents, {})).purposes.find((one) => one.purpose === 'care_visits')
      ?.version;
});
