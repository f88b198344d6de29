import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Actor, system } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import * as people from './index.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
  perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
  ask(town.environment, { actor, community: town.community, via: 'test' }, query, input);
const newcomer = async (phone: string): Promise<Actor> => {
  const login_id = newId();
  await town.environment.database
    .of(town.community.id)
    .insertInto('logins')
    .values({ id: login_id, created_at: new Date() })
    .execute();
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
