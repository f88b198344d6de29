import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Actor, system } from '#platform/actor.ts';
import { addDays } from '#platform/clock.ts';
import { newId } from '#platform/ids.ts';
import { list_removed_terms, reset_term, write_term } from '#platform/vocabulary/index.ts';
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
const readsOf = async (actor: Actor) =>
  (await see(actor, people.my_file, {})).reads.map((read) => [read.reason, ...read.fields]);
const due = async (actor: Actor, where = {}) =>
  (await see(actor, people.list_due_care, where)).map((one) => one.person_id);

describe('a care circumstance', () => {
  it('needs a consent or a ground of law, is seen in its own grid, and is told', async () => {
    const elder = await resident('何桂英', 1938);
    const { east_worker, west_worker, handler } = town.people;
    const input = { person_id: elder.id, kind: 'lives_alone', note: '耳朵不好，多敲几下' };
    await assert.rejects(act(east_worker, people.record_care, input), { code: 'consent_first' });
    const said = { ...input, consent_how: 'said_at_door' };
    await assert.rejects(act(west_worker, people.record_care, said), { code: 'not_found' });
    await assert.rejects(act(east_worker, people.record_care, { ...said, kind: 'no_such_kind' }), {
      code: 'invalid_choice',
    });
    const { expires_on } = await act(east_worker, people.record_care, said);
    assert.equal(expires_on, '2027-03-04');
    await assert.rejects(act(east_worker, people.record_care, said), { code: 'care_there' });
    assert.deepEqual(await due(east_worker), [elder.id]);
    assert.deepEqual(await due(west_worker), []);
    assert.deepEqual(await due(handler), []);
    await assert.rejects(see(elder, people.list_due_care, {}), { code: 'not_found' });
    assert.deepEqual(await readsOf(elder), [['people.reasons.due_list', 'care']]);
    const [shown] = await see(east_worker, people.show_care, { person_id: elder.id, reason: '出门前看看' });
    assert.equal(shown?.note, '耳朵不好，多敲几下');
    const stranger = { person_id: elder.id, reason: '好奇' };
    for (const actor of [west_worker, handler, town.people.neighbour])
      await assert.rejects(see(actor, people.show_care, stranger), { code: 'not_found' });
    assert.deepEqual((await readsOf(elder))[0], ['出门前看看', 'care', 'care_note']);
  });

  it('that a list shows again within the hour is one reading, and another one later', async () => {
    const elder = await resident('陶阿姨', 1940);
    await act(town.people.east_worker, people.record_care, {
      ...{ person_id: elder.id, kind: 'illness', consent_how: 'said_at_door' },
    });
    const began = now;
    for (const minutes of [0, 10, 59, 61]) {
      now = new Date(began.getTime() + minutes * 60_000);
      await due(town.people.east_worker);
    }
    now = began;
    assert.equal((await readsOf(elder)).length, 2);
  });

  it('expires, is renewed on a basis that counts, and ends when it is no longer so', async () => {
    const elder = await resident('冯大爷', 1935);
    const { east_worker } = town.people;
    const input = { person_id: elder.id, kind: 'illness', legal_ground: 'emergency', purpose: 'care_emergencies' };
    const { id, expires_on } = await act(east_worker, people.record_care, input);
    const where = { purpose: 'care_emergencies' as const };
    const standing = (on: string) =>
      see(
        east_worker,
        { name: 'test', input: people.list_care_kinds.input, run: (ctx) => people.careAtDoors(ctx, { ...where, on }) },
        {},
      );
    assert.equal((await standing(addDays(expires_on, -1))).length, 1);
    assert.equal((await standing(expires_on)).length, 0);
    const renewed = await act(east_worker, people.renew_care, { id, expires_on: addDays(expires_on, 30) });
    assert.equal((await standing(expires_on)).length, 1);
    assert.equal(renewed.expires_on, addDays(expires_on, 30));
    await assert.rejects(act(east_worker, people.renew_care, { id, expires_on: '2026-01-01' }), {
      code: 'expiry_past',
    });
    await act(east_worker, people.end_care, { id, reason: 'no_longer_so' });
    assert.equal((await standing(expires_on)).length, 0);
    await assert.rejects(act(east_worker, people.end_care, { id, reason: 'no_longer_so' }), { code: 'not_found' });
  });

  it('of a kind the place added is as good as ours, and stands under its name when the kind is removed', async () => {
    const elder = await resident('姜奶奶');
    const { administrator, desk } = town.people;
    const input = { person_id: elder.id, kind: 'trial_family_2', consent_how: 'said_at_desk' };
    await assert.rejects(act(desk, people.record_care, input), { code: 'invalid_choice' });
    const names = { 'zh-CN': '陪读家庭', en: 'accompanies a pupil' };
    const key = { kind: 'care_kind', code: 'trial_family_2' };
    const descriptions = { 'zh-CN': '', en: '' };
    const written = await act(administrator, write_term, { ...key, names, descriptions, expected_version: 0 });
    const { id } = await act(desk, people.record_care, input);
    const kinds = async () => (await see(desk, people.list_care_kinds, {})).map((kind) => kind.code);
    assert.equal((await kinds()).at(-1), 'trial_family_2');
    const count = async (actor: Actor) =>
      (await see(actor, people.count_care_kinds, {})).find((one) => one.kind === key.code)?.count;
    assert.equal(await count(administrator), 1);
    await assert.rejects(count(desk), { code: 'not_found' });
    await act(administrator, reset_term, { ...key, expected_version: written.version });
    assert.ok(!(await kinds()).includes('trial_family_2'));
    assert.deepEqual(await see(elder, list_removed_terms, {}), [{ ...key, names }]);
    const [shown] = await see(desk, people.show_care, { person_id: elder.id, reason: '还在不在' });
    assert.equal(shown?.kind, 'trial_family_2');
    await assert.rejects(act(desk, people.renew_care, { id }), { code: 'care_kind_unused' });
    await act(desk, people.end_care, { id, reason: 'no_longer_so' });
    assert.equal(await count(administrator), undefined);
  });
});

describe('a consent', () => {
  it('is given for one purpose, and withdrawn in one step that ends what hung on it', async () => {
    const me = await resident('罗素芬', 1950);
    const { east_worker } = town.people;
    await act(me, people.give_consent, { purpose: 'care_visits', text_version: 1 });
    const twice = await act(me, people.give_consent, { purpose: 'care_visits', text_version: 1 });
    const { id } = await act(east_worker, people.record_care, { person_id: me.id, kind: 'lives_alone' });
    const other = { person_id: me.id, kind: 'lives_alone', purpose: 'care_benefits' };
    await assert.rejects(act(east_worker, people.record_care, other), { code: 'consent_first' });
    assert.ok((await due(east_worker)).includes(me.id));
    await act(me, people.withdraw_consent, { purpose: 'care_visits' });
    assert.ok(!(await due(east_worker)).includes(me.id));
    await assert.rejects(act(east_worker, people.renew_care, { id }), { code: 'not_found' });
    await act(me, people.withdraw_consent, { purpose: 'care_visits' });
    const again = await act(me, people.give_consent, { purpose: 'care_visits', text_version: 1 });
    assert.notEqual(again.id, twice.id);
  });

  it('is nobody else’s to give, whether neighbour, staff acting for somebody, or a proxy who is no guardian', async () => {
    const me = await resident('谢芳', 1960);
    const input = { person_id: me.id, purpose: 'care_visits', text_version: 1 };
    const proxy = await resident('谢小军', 1990);
    await act(town.people.desk, people.ask_for_proxy, {
      ...{ subject_id: me.id, proxy_id: proxy.id, relation: 'child', agreed_how: '当面同意' },
    });
    for (const actor of [town.people.neighbour, { ...town.people.desk, on_behalf_of_id: me.id }, proxy])
      await assert.rejects(act(actor, people.give_consent, input), { code: 'not_found' });
    await assert.rejects(
      act({ ...proxy, on_behalf_of_id: me.id }, people.give_consent, { purpose: 'care_visits', text_version: 1 }),
      { code: 'not_found' },
    );
    await act({ ...me }, people.give_consent, input);
    await act({ ...proxy, on_behalf_of_id: me.id }, people.withdraw_consent, { purpose: 'care_visits' });
  });

  it('of a child is a guardian’s', async () => {
    const [child, mother] = [await resident('小满', 2015), await resident('林悦', 1988)];
    const { east_worker } = town.people;
    await assert.rejects(act(child, people.give_consent, { purpose: 'public_photos', text_version: 1 }), {
      code: 'guardian_first',
    });
    const input = { person_id: child.id, kind: 'child_with_relatives', consent_how: 'said_at_door' };
    await assert.rejects(act(east_worker, people.record_care, input), { code: 'guardian_first' });
    await assert.rejects(act(east_worker, people.record_care, { ...input, guardian_id: mother.id }), {
      code: 'guardian_unknown',
    });
    await act(town.people.desk, people.ask_for_proxy, {
      ...{ subject_id: child.id, proxy_id: mother.id, relation: 'parent', agreed_how: '看过户口本' },
    });
    await act(east_worker, people.record_care, { ...input, guardian_id: mother.id });
    await act(mother, people.give_consent, { person_id: child.id, purpose: 'public_photos', text_version: 1 });
    await act(mother, people.withdraw_consent, { person_id: child.id, purpose: 'care_visits' });
    assert.ok(!(await due(east_worker)).includes(child.id));
  });

  it('to an older text counts until a text asks again, and a text in between is read anew', async () => {
    const me = await resident('韩梅', 1955);
    const { administrator, east_worker, desk } = town.people;
    const texts = { 'zh-CN': '我们记下需要来看看的原因，只给网格员和服务台看。', en: 'We note why somebody looks in.' };
    const publish = { purpose: 'care_visits', expected_version: 1, texts, asks_again: false };
    await act(me, people.give_consent, { purpose: 'care_visits', text_version: 1 });
    await act(east_worker, people.record_care, { person_id: me.id, kind: 'elder' });
    await assert.rejects(act(desk, people.publish_consent_text, publish), { code: 'not_found' });
    await act(administrator, people.publish_consent_text, publish);
    await assert.rejects(act(administrator, people.publish_consent_text, publish), { code: 'stale' });
    assert.ok((await due(east_worker)).includes(me.id));
    const [visits] = await see(administrator, people.list_consent_texts, {});
    assert.deepEqual([visits?.purpose, visits?.version, visits?.published[0]?.texts], ['care_visits', 2, texts]);
    await assert.rejects(see(desk, people.list_consent_texts, {}), { code: 'not_found' });
    await assert.rejects(act(me, people.give_consent, { purpose: 'care_visits', text_version: 1 }), {
      code: 'text_changed',
    });
    await act(administrator, people.publish_consent_text, { ...publish, expected_version: 2, asks_again: true });
    assert.ok(!(await due(east_worker)).includes(me.id));
    await act(me, people.give_consent, { purpose: 'care_visits', text_version: 3 });
    assert.ok((await due(east_worker)).includes(me.id));
  });

  it('given twice at once stands once', async () => {
    const me = await resident('许宁', 1970);
    const given = await Promise.allSettled(
      [1, 2, 3].map(() => act(me, people.give_consent, { purpose: 'scouting', text_version: 1 })),
    );
    assert.ok(given.some((one) => one.status === 'fulfilled'));
    const rows = await db().selectFrom('consents').select('id').where('person_id', '=', me.id).execute();
    assert.equal(rows.length, 1);
  });

  it('said to staff is theirs to write down in their own grid, and shown with who, how, when and to which text', async () => {
    const elder = await resident('乔奶奶', 1941);
    const { east_worker, west_worker, handler, administrator, desk } = town.people;
    const look = { person_id: elder.id, reason: '上门时说的' };
    const said = { person_id: elder.id, purpose: 'activity_news', given_how: 'said_at_door', text_version: 1 };
    for (const actor of [west_worker, handler, administrator, town.people.neighbour, elder]) {
      await assert.rejects(see(actor, people.show_consents, look), { code: 'not_found' });
      await assert.rejects(act(actor, people.record_consent, said), { code: 'not_found' });
    }
    assert.deepEqual(await readsOf(elder), []);
    await assert.rejects(act(east_worker, people.record_consent, { ...said, text_version: 2 }), {
      code: 'text_changed',
    });
    await act(east_worker, people.record_consent, said);
    const news = async () =>
      (await see(east_worker, people.show_consents, look)).purposes.find((one) => one.purpose === 'activity_news')!;
    const { consent } = await news();
    assert.deepEqual(
      [consent?.given_how, consent?.text_version, consent?.given_at, consent?.recorded_by, consent?.guardian_name],
      ['said_at_door', 1, now, '王芳', null],
    );
    const [seen] = (await see(elder, people.my_consents, {})).purposes.filter((one) => one.purpose === 'activity_news');
    assert.deepEqual([seen?.given_how, seen?.recorded_by], ['said_at_door', '王芳']);
    assert.deepEqual(await readsOf(elder), [['上门时说的', 'name_masked', 'consents']]);
    await act(desk, people.withdraw_consent, { person_id: elder.id, purpose: 'activity_news' });
    const after = await news();
    assert.equal(after.consent, null);
    assert.deepEqual(
      after.given.map((one) => [one.withdrawn_at, one.withdrawn_by]),
      [[now, '周敏']],
    );
    const found = async (actor: Actor) =>
      (await see(actor, people.find_people, { id: elder.id, reason: '来电' })).map((one) => one.may_look_after);
    for (const [actor, may] of [
      [east_worker, true],
      [desk, true],
      [west_worker, false],
      [administrator, false],
    ] as const)
      assert.deepEqual(await found(actor), [may]);
  });

  it('of a child is said by a guardian, whose name is shown and who is told', async () => {
    const child = await resident('童童', 2018);
    const mother = await resident('童妈妈', 1988);
    const { desk } = town.people;
    const said = { person_id: child.id, purpose: 'public_photos', given_how: 'signed_paper' };
    const look = { person_id: child.id, reason: '收到签字的纸' };
    assert.deepEqual((await see(desk, people.show_consents, look)).guardians, []);
    await assert.rejects(act(desk, people.record_consent, said), { code: 'guardian_first' });
    await assert.rejects(act(desk, people.record_consent, { ...said, guardian_id: mother.id }), {
      code: 'guardian_unknown',
    });
    await act(desk, people.ask_for_proxy, {
      ...{ subject_id: child.id, proxy_id: mother.id, relation: 'parent', agreed_how: '户口本' },
    });
    await act(desk, people.record_consent, { ...said, guardian_id: mother.id });
    const shown = await see(desk, people.show_consents, look);
    assert.deepEqual([shown.needs_guardian, shown.guardians.map((one) => one.id)], [true, [mother.id]]);
    const photos = shown.purposes.find((one) => one.purpose === 'public_photos');
    assert.deepEqual([photos?.consent?.guardian_name, photos?.consent?.given_how], ['童**', 'signed_paper']);
    assert.deepEqual(await readsOf(mother), [['收到签字的纸', 'name_masked']]);
  });

  it('of nobody is not there', async () => {
    await assert.rejects(
      act(system, people.record_consent, { person_id: newId(), purpose: 'scouting', given_how: 'said_at_desk' }),
      { code: 'not_found' },
    );
  });
});
