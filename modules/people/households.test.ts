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
const resident = async (name: string): Promise<Actor> => {
  const { id } = await act(town.people.desk, people.write_person, { name });
  return { kind: 'person', id, roles: [] };
};
const readsOf = async (actor: Actor) => (await see(actor, people.my_file, {})).reads;

describe('a home', () => {
  it('is said by oneself, seen by staff, and shows who lives there only then', async () => {
    const { household } = town;
    const [me, other] = [await resident('王小明'), await resident('李华')];
    await act(town.people.desk, people.join_household, {
      household_id: household,
      person_id: other.id,
      verified_how: '看过房产证',
    });
    const { id } = await act(me, people.join_household, { household_id: household, person_id: me.id });
    const twice = { household_id: household, person_id: me.id };
    await assert.rejects(act(me, people.join_household, twice), { code: 'residence_waiting' });
    await assert.rejects(act(town.people.desk, people.join_household, twice), { code: 'lives_there' });
    assert.deepEqual((await see(me, people.my_households, {}))[0]?.others, []);
    await assert.rejects(act(me, people.verify_residence, { id, how: '我自己说' }), { code: 'not_found' });
    await act(town.people.east_worker, people.verify_residence, { id, how: '带来了家书' });
    const [door] = await see(me, people.my_households, {});
    assert.deepEqual([door?.verified_how, door?.others.map((one) => one.name_masked)], ['带来了家书', ['李*']]);
    await assert.rejects(act(other, people.leave_household, { id }), { code: 'not_found' });
    await act(me, people.leave_household, { id });
    assert.deepEqual(await see(me, people.my_households, {}), []);
  });

  it('is nobody else’s to say, nor verified by whoever lives there', async () => {
    const { household } = town;
    const me = await resident('赵六');
    const input = { household_id: household, person_id: me.id };
    await assert.rejects(act(town.people.neighbour, people.join_household, input), { code: 'not_found' });
    await assert.rejects(act({ ...town.people.neighbour, on_behalf_of_id: me.id }, people.join_household, input), {
      code: 'not_found',
    });
    await assert.rejects(act(me, people.join_household, { ...input, verified_how: '真的' }), { code: 'staff_only' });
    await assert.rejects(act(me, people.join_household, { ...input, household_id: newId() }), { code: 'not_found' });
    const { desk } = town.people;
    const { id } = await act(desk, people.join_household, { household_id: household, person_id: desk.id });
    await assert.rejects(act(desk, people.verify_residence, { id, how: '自己核实' }), { code: 'own_residence' });
  });

  it('looked at by staff is told to everybody in it, and to nobody else', async () => {
    const { household } = town;
    const [inside, outside] = [await resident('孙一'), await resident('孙二')];
    await act(town.people.desk, people.join_household, { household_id: household, person_id: inside.id });
    await assert.rejects(see(town.people.handler, people.show_household, { household_id: household, reason: '看看' }), {
      code: 'not_found',
    });
    assert.equal((await readsOf(inside)).length, 0);
    await see(town.people.desk, people.show_household, { household_id: household, reason: '走访前看看' });
    assert.deepEqual(
      (await readsOf(inside)).map((read) => [read.reader_name, read.reason]),
      [['周敏', '走访前看看']],
    );
    assert.deepEqual(await readsOf(outside), []);
  });
});

describe('a file', () => {
  it('is read by a family proxy, which is told, and never by staff who act for somebody', async () => {
    const [elder, child] = [await resident('何秀兰'), await resident('何小军')];
    const proxy: Actor = { ...child, on_behalf_of_id: elder.id };
    const acting: Actor = { ...town.people.desk, on_behalf_of_id: elder.id };
    await assert.rejects(see(acting, people.my_file, {}), { code: 'not_found' });
    await act(town.people.desk, people.ask_for_proxy, {
      subject_id: elder.id,
      proxy_id: child.id,
      relation: 'child',
      agreed_how: '当面同意',
    });
    assert.equal((await see(proxy, people.my_file, {})).name, '何秀兰');
    assert.deepEqual(
      (await readsOf(elder)).map((read) => [read.reader_id, read.fields]),
      [[child.id, ['file']]],
    );
  });

  it('tells when somebody begins to act for its owner', async () => {
    const [elder, child] = [await resident('冯玉珍'), await resident('冯刚')];
    const { desk, handler } = town.people;
    await assert.rejects(see(child, people.act_for, { person_id: elder.id, reason: '帮忙' }), { code: 'not_found' });
    await assert.rejects(see(handler, people.act_for, { person_id: elder.id, reason: '帮忙' }), { code: 'not_found' });
    await assert.rejects(see(desk, people.act_for, { person_id: elder.id }), { code: 'required' });
    assert.deepEqual(await readsOf(elder), []);
    await see(desk, people.act_for, { person_id: elder.id, reason: '来电代办' });
    assert.deepEqual(
      (await readsOf(elder)).map((read) => read.reason),
      ['来电代办'],
    );
  });

  it('tells who read a correction that was asked for', async () => {
    const me = await resident('陈陈');
    await act(me, people.ask_for_correction, { field: 'phone', proposed: '138 0000 7777', reason: '换号' });
    const [asked] = (await see(town.people.desk, people.list_corrections, {})).corrections.filter(
      (one) => one.person_id === me.id,
    );
    assert.equal((await readsOf(me))[0]?.reason, 'people.reasons.deciding_corrections');
    await act(town.people.desk, people.decide_correction, { id: asked!.id, make: true, reason: '打过去了' });
    const { contacts } = await see(me, people.my_file, {});
    assert.deepEqual(
      contacts.map((one) => [one.value, one.verified_at !== null]),
      [['+8613800007777', true]],
    );
  });
});

describe('what waits for the desk', () => {
  it('is read in pages, the longest waiting first, with how much waits; whoever is shown is told', async () => {
    const { desk, resident: nobody } = town.people;
    const me = await resident('傅明');
    const first = (await see(desk, people.list_corrections, {})).total;
    for (const proposed of ['1951', '1952', '1953', '1954'])
      await act(me, people.ask_for_correction, { field: 'born_in_year', proposed, reason: '写错了' });
    const pages: string[][] = [];
    let after: string | null | undefined;
    while (after !== null) {
      const page = await see(desk, people.list_corrections, { after, limit: 3 });
      assert.equal(page.total, first + 4);
      pages.push(page.corrections.map((one) => one.proposed));
      after = page.next;
    }
    assert.equal(pages.length, Math.ceil((first + 4) / 3));
    assert.deepEqual(pages.flat().slice(-4), ['1951', '1952', '1953', '1954']);
    await assert.rejects(see(nobody, people.list_corrections, {}), { code: 'not_found' });
    const told = (await readsOf(me)).filter((read) => read.reason === 'people.reasons.deciding_corrections');
    assert.equal(told.length, 1);
  });
});

describe('disputes about a home', () => {
  it('are read in pages, the longest waiting first, with how many wait', async () => {
    const { household } = town;
    const { desk } = town.people;
    const owner = await resident('主人');
    const join = (person: Actor, verified_how?: string) =>
      act(desk, people.join_household, { household_id: household, person_id: person.id, verified_how });
    await join(owner, '看过房产证');
    const others = [await resident('来人甲'), await resident('来人乙'), await resident('来人丙')];
    for (const one of others) {
      const { id: member_id } = await join(one);
      await act(owner, people.answer_claim, { member_id, lives_here: false });
    }
    const first = await see(desk, people.list_disputes, { limit: 2 });
    const rest = await see(desk, people.list_disputes, { after: first.next, limit: 2 });
    assert.deepEqual([first.total, first.disputes.length, rest.total, rest.next], [3, 2, 3, null]);
    const found = [...first.disputes, ...rest.disputes];
    assert.deepEqual(
      found.map((one) => one.claimant_id),
      others.map((one) => one.id),
    );
    for (const { id } of found) await act(desk, people.settle_dispute, { id, decision: 'does_not', reason: '问过了' });
    assert.equal((await see(desk, people.list_disputes, {})).total, 0);
  });
});

describe('what people write of themselves', () => {
  it('is their name until their home was seen, and no name but their own is shown', async () => {
    const me = await resident('许三多');
    await act(me, people.write_person, { id: me.id, name: '许四多' });
    await assert.rejects(act(me, people.write_person, { id: me.id, public_name: '王芳（网格员）' }), {
      code: 'not_found',
    });
    await assert.rejects(act(town.people.desk, people.write_person, { id: me.id, public_name: '许主任' }), {
      code: 'not_found',
    });
    await act(me, people.set_preferences, { shows_name: true, large_type: true });
    const shown = await see(me, people.my_file, {});
    assert.deepEqual([shown.public_name, shown.large_type], ['许四多', true]);
    await act(me, people.write_person, { id: me.id, name: '许五多' });
    assert.equal((await see(me, people.my_file, {})).public_name, '许五多');
    await act(town.people.desk, people.join_household, {
      household_id: town.household,
      person_id: me.id,
      verified_how: '看过证件',
    });
    await assert.rejects(act(me, people.write_person, { id: me.id, name: '许六多' }), { code: 'name_was_checked' });
    await assert.rejects(act(town.people.desk, people.set_preferences, { shows_name: false }), {
      code: 'staff_show_names',
    });
    const acting: Actor = { ...town.people.neighbour, on_behalf_of_id: me.id };
    await assert.rejects(act(acting, people.set_preferences, { large_type: false }), { code: 'sign_in_first' });
  });

  it('counts as verified only when staff wrote it', async () => {
    const me = await resident('邓明');
    const own = await act(me, people.add_contact, { person_id: me.id, kind: 'email', value: ' Deng@Example.org ' });
    await act(town.people.desk, people.add_contact, { person_id: me.id, kind: 'phone', value: '13800008888' });
    const contacts = async () => (await see(me, people.my_file, {})).contacts;
    assert.deepEqual(
      (await contacts()).map((one) => [one.value, one.verified_at !== null]),
      [
        ['deng@example.org', false],
        ['+8613800008888', true],
      ],
    );
    await assert.rejects(act(me, people.add_contact, { person_id: me.id, kind: 'phone', value: '12' }), {
      code: 'phone_invalid',
    });
    await assert.rejects(act(town.people.neighbour, people.end_contact, own), { code: 'not_found' });
    await act(me, people.end_contact, own);
    assert.equal((await contacts()).length, 1);
  });
});

describe('two at once', () => {
  it('give a role that nobody held yet, and it is held once', async () => {
    const me = await resident('罗文');
    const input = { person_id: me.id, role: 'handler', scope_kind: 'organisation', scope_id: town.organisation };
    const given = await Promise.allSettled(
      [1, 2, 3].map(() => act(town.people.administrator, people.grant_role, input)),
    );
    assert.deepEqual(given.map((one) => one.status).sort(), ['fulfilled', 'rejected', 'rejected']);
    const wrong = { ...input, scope_id: newId() };
    await assert.rejects(act(town.people.administrator, people.grant_role, wrong), { code: 'scope_invalid' });
    const roles = await see(town.people.administrator, people.list_roles, {});
    assert.equal(roles.filter((one) => one.person_id === me.id).length, 1);
    await assert.rejects(see(town.people.desk, people.list_roles, {}), { code: 'not_found' });
  });

  it('welcome a login, and it is one person', async () => {
    const login_id = newId();
    const db = town.environment.database.of(town.community.id);
    await db.insertInto('logins').values({ id: login_id, created_at: new Date() }).execute();
    const ids = await Promise.all([1, 2, 3].map(() => act(system, people.welcome_person, { login_id })));
    assert.equal(new Set(ids.map((one) => one.id)).size, 1);
  });

  it('agree to a proxy and end it, and it has ended', async () => {
    const [elder, child] = [await resident('姚奶奶'), await resident('姚远')];
    const { id } = await act(town.people.desk, people.ask_for_proxy, {
      subject_id: elder.id,
      proxy_id: child.id,
      relation: 'child',
    });
    await Promise.allSettled([act(elder, people.agree_to_proxy, { id }), act(elder, people.end_proxy, { id })]);
    assert.deepEqual((await see(elder, people.my_file, {})).proxies, []);
    await assert.rejects(act(elder, people.agree_to_proxy, { id }), { code: 'not_found' });
  });
});

describe('a new key', () => {
  it('seals anew what the old one sealed, and only then can the old one go', async () => {
    const me = await resident('鲁迅');
    await act(me, people.ask_for_correction, { field: 'other', proposed: '门牌', reason: '搬家' });
    const { keys } = town.environment;
    const [old] = keys.sealing;
    keys.sealing.unshift({ id: 2, key: Buffer.alloc(32, 7) });
    await assert.rejects(act(town.people.desk, people.reseal_people, {}), { code: 'not_found' });
    let done = 0;
    for (;;) {
      const { resealed } = await act(system, people.reseal_people, { limit: 10 });
      done += resealed;
      if (resealed === 0) break;
    }
    assert.ok(done > 10, `${done} values were sealed anew`);
    keys.sealing = keys.sealing.filter((key) => key !== old);
    const file = await see(me, people.my_file, {});
    assert.deepEqual([file.name, file.corrections[0]?.proposed], ['鲁迅', '门牌']);
  });
});
