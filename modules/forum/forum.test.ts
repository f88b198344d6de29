import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Actor, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { bringPhoto, makeNeighbourhood, type Neighbourhood, NOW } from '#tests/factories.ts';
import * as forum from './index.ts';

let town: Neighbourhood;
let desk: Actor;
let secretary: Actor;
let resident: Actor;
let neighbour: Actor;
before(async () => {
  town = await makeNeighbourhood();
  ({ desk, secretary, resident, neighbour } = town.people);
  await nameThem([resident.id, neighbour.id]);
});
after(() => town.close());

const db = () => town.environment.database.of(town.community.id);
const nameThem = (ids: string[]) =>
  db().updateTable('people').set({ public_name: '老周' }).where('id', 'in', ids).execute();
const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, now = NOW) =>
  perform(town.environment, { actor, community: town.community, via: 'test', now }, command, input);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
  ask(town.environment, { actor, community: town.community, via: 'test', now: NOW }, query, input);
const raise = (actor: Actor, more: object = {}) =>
  act(actor, forum.raise_topic, { title: '楼道的灯', text: '三单元的灯坏了一个月。', ...more });
const speechesSeen = async (actor: Actor, id: string) => (await see(actor, forum.show_topic, { id })).speeches;
const approve = (kind: string, id: string) =>
  act(desk, forum.moderate, { subject: { kind, id }, step: 'approve', rule: 'fits' });
const waiting = (actor: Actor) => see(actor, forum.count_waiting, {});
const plan = (more: object = {}) =>
  act(secretary, forum.write_session, {
    titles: { 'zh-CN': '三月早茶会', en: 'March session' },
    ...{ held: 'on_site', place_text: '荷塘里活动室' },
    ...{ starts_at: '2026-03-07T01:00:00Z', ends_at: '2026-03-07T03:00:00Z', ...more },
  });

/** A resident of their own who shows a name. */
async function addPerson(): Promise<Actor> {
  const id = newId();
  const { name_sealed, name_masked, name_fingerprint } = await db()
    .selectFrom('people')
    .select(['name_sealed', 'name_masked', 'name_fingerprint'])
    .where('id', '=', resident.id)
    .executeTakeFirstOrThrow();
  await db()
    .insertInto('people')
    .values({
      ...{ community_id: town.community.id, id, name_sealed, name_masked, name_fingerprint, public_name: '邻居' },
      ...{ created_at: NOW, created_by_id: id },
    })
    .execute();
  return { kind: 'person', id, roles: [] };
}

describe('a topic', () => {
  it('of somebody new waits, is seen by them and moderators alone, and is open once approved', async () => {
    const { id, state } = await raise(resident);
    assert.equal(state, 'waiting');
    for (const actor of [visitor, neighbour])
      await assert.rejects(see(actor, forum.show_topic, { id }), { code: 'not_found' });
    assert.equal((await see(resident, forum.show_topic, { id })).state, 'waiting');
    await assert.rejects(
      act(neighbour, forum.moderate, { subject: { kind: 'topic', id }, step: 'approve', rule: 'fits' }),
      { code: 'not_found' },
    );
    assert.deepEqual([await waiting(desk), await waiting(neighbour)], [1, null]);
    await approve('topic', id);
    assert.equal(await waiting(desk), 0);
    assert.equal((await see(visitor, forum.show_topic, { id })).raised_by, '老周');
  });

  it('is raised by residents who show their name, in nobody else’s, one a week while new', async () => {
    await assert.rejects(raise(visitor), { code: 'sign_in_first' });
    await assert.rejects(raise({ ...desk, on_behalf_of_id: resident.id }), { code: 'sign_in_first' });
    const nameless = await addPerson();
    await db().updateTable('people').set({ public_name: null }).where('id', '=', nameless.id).execute();
    await assert.rejects(raise(nameless), { code: 'show_your_name_first' });
    const eager = await addPerson();
    const raised = await Promise.allSettled([1, 2, 3, 4].map(() => raise(eager)));
    assert.equal(raised.filter((one) => one.status === 'fulfilled').length, 1, 'raced, one is raised');
  });

  it('is linked with what it came from and what came of it', async () => {
    const [request, later] = [newId(), newId()];
    const { id } = await raise(desk, { from: { kind: 'request', id: request } });
    await assert.rejects(
      act(resident, forum.conclude_topic, { id, summary: '说定了', outcome: 'request', became_id: later }),
      { code: 'not_found' },
    );
    await act(secretary, forum.conclude_topic, { id, summary: '说定了', outcome: 'request', became_id: later });
    const { links, outcome } = await see(visitor, forum.show_topic, { id });
    assert.deepEqual(
      links.map((one) => [one.relation, one.id, one.is_from]),
      [
        ['became_topic', request, true],
        ['became_request', later, false],
      ],
    );
    assert.equal(outcome, 'request');
    for (const thing of [request, later])
      assert.equal((await see(visitor, forum.topics_of, { kind: 'request', id: thing }))[0]?.id, id);
    await assert.rejects(act(desk, forum.give_speech, { topic_id: id, text: '还有' }), { code: 'topic_concluded' });
    const events = await db().selectFrom('events').select('kind').where('subject_id', '=', id).execute();
    assert.ok(events.some((event) => event.kind === 'topic.became_request'));
  });

  it('is listed page by page, the latest talk first, each with what was said and marked', async () => {
    const { id } = await raise(desk, { title: '晾衣绳' });
    const said = await act(
      secretary,
      forum.give_speech,
      { topic_id: id, text: '先量一量。' },
      new Date(NOW.getTime() + 1),
    );
    await act(desk, forum.mark_speech, { id: said.id, hits_the_point: true });
    const whole = (await see(visitor, forum.list_topics, {})).topics;
    assert.deepEqual([whole[0]!.id, whole[0]!.speeches, whole[0]!.marks], [id, 1, 1]);
    const paged: typeof whole = [];
    for (let offset = 0; offset < whole.length; offset += 2)
      paged.push(...(await see(visitor, forum.list_topics, { offset, limit: 2 })).topics);
    assert.deepEqual(paged, whole);
  });

  it('is found by words of its speeches; a percent sign is a percent sign', async () => {
    const { id } = await raise(desk, { title: '停车' });
    await act(secretary, forum.give_speech, { topic_id: id, text: '画线的事归物业。' });
    const found = async (words: string) =>
      (await see(visitor, forum.list_topics, { words })).topics.map((topic) => topic.id);
    assert.deepEqual(await found('画线'), [id]);
    assert.deepEqual(await found('%'), []);
  });
});

describe('a speech', () => {
  it('of somebody new waits; their words are masked; three are shown, and then no more that day', async () => {
    const { id } = await raise(desk);
    const person = await addPerson();
    const say = (text = '打我电话 13800001234') => act(person, forum.give_speech, { topic_id: id, text });
    const first = await say();
    assert.equal(first.state, 'waiting');
    assert.equal((await speechesSeen(visitor, id)).length, 0);
    assert.equal((await speechesSeen(person, id)).length, 1);
    await approve('speech', first.id);
    const [shown] = await speechesSeen(visitor, id);
    assert.doesNotMatch(shown!.text, /1380000/);
    assert.equal((await say('第二句')).state, 'shown');
    await say('第三句');
    await assert.rejects(say('第四句'), { code: 'spoken_enough_today' });
  });

  it('quotes words of the speech it answers, and only those', async () => {
    const { id } = await raise(desk);
    const { id: first } = await act(desk, forum.give_speech, { topic_id: id, text: '灯坏了，老人上楼不方便。' });
    const reply = (quote: string, reply_to_id: string | undefined = first) =>
      act(secretary, forum.give_speech, { topic_id: id, text: '是的', reply_to_id, quote });
    await assert.rejects(reply('灯没坏'), { code: 'quote_unknown' });
    await assert.rejects(reply('灯坏了', newId()), { code: 'not_found' });
    await reply('老人上楼不方便');
    const other = await raise(secretary);
    await assert.rejects(act(secretary, forum.give_speech, { topic_id: other.id, text: '是', reply_to_id: first }), {
      code: 'not_found',
    });
  });

  it('shows photos of its speaker alone', async () => {
    const { id } = await raise(desk);
    const hash = 'a'.repeat(64);
    await bringPhoto(town, hash, desk);
    await assert.rejects(act(secretary, forum.give_speech, { topic_id: id, text: '看', photos: [hash] }), {
      code: 'photo_unknown',
    });
    assert.equal(await see(visitor, forum.may_see_speech_photo, { hash }), false);
    const { id: speech } = await act(desk, forum.give_speech, { topic_id: id, text: '看', photos: [hash] });
    assert.equal(await see(visitor, forum.may_see_speech_photo, { hash }), true);
    await act(secretary, forum.moderate, {
      ...{ subject: { kind: 'speech', id: speech }, step: 'hide', rule: 'personal_data', reason: '拍到了门牌' },
    });
    assert.equal(await see(visitor, forum.may_see_speech_photo, { hash }), false);
  });

  it('is marked once a person however often and at once it is sent, taken back, never on one’s own', async () => {
    const { id } = await raise(desk);
    const { id: speech } = await act(desk, forum.give_speech, { topic_id: id, text: '先修灯。' });
    const mark = (actor: Actor, hits_the_point = true) => act(actor, forum.mark_speech, { id: speech, hits_the_point });
    await assert.rejects(mark(desk), { code: 'own_speech' });
    await assert.rejects(mark(visitor), { code: 'sign_in_first' });
    await Promise.all(Array.from({ length: 20 }, (_, i) => mark(i % 2 ? resident : neighbour)));
    const rows = () => db().selectFrom('speech_marks').select('person_id').where('speech_id', '=', speech).execute();
    assert.equal((await rows()).length, 2);
    assert.equal((await mark(resident, false)).marks, 1);
    assert.equal((await mark(resident, true)).marks, 2);
    assert.equal((await rows()).length, 2);
  });
});

describe('moderation', () => {
  it('hides with a rule and a reason, in a log that anybody reads and nobody can change', async () => {
    const { id } = await raise(desk);
    const { id: speech } = await act(desk, forum.give_speech, { topic_id: id, text: '骂人的话' });
    const hide = (actor: Actor, more: object = {}) =>
      act(actor, forum.moderate, {
        ...{ subject: { kind: 'speech', id: speech }, step: 'hide', rule: 'insult', reason: '指名骂人' },
        ...more,
      });
    await assert.rejects(hide(desk), { code: 'own_words' });
    await assert.rejects(hide(secretary, { reason: ' ' }), { code: 'required' });
    await assert.rejects(hide(secretary, { rule: 'fits' }), { code: 'rule_does_not_fit' });
    await hide(secretary);
    await assert.rejects(hide(secretary), { code: 'step_not_possible' });
    const [seen] = await speechesSeen(visitor, id);
    assert.deepEqual([seen!.text, seen!.hidden_because], ['', { rule: 'insult', reason: '指名骂人' }]);
    const { steps } = await see(visitor, forum.list_moderation, {});
    assert.deepEqual([steps[0]!.subject_id, steps[0]!.step, steps[0]!.moderator], [speech, 'hide', '刘书记']);
    await assert.rejects(db().deleteFrom('moderation_steps').execute(), /permission denied/);
    await assert.rejects(see(resident, forum.list_waiting, {}), { code: 'not_found' });
  });
});

describe('a session', () => {
  const turns = async (id: string) => see(visitor, forum.show_session, { id });

  it('is planned by staff, changed only by who saw the last version, and cancelled with a reason', async () => {
    await assert.rejects(act(resident, forum.write_session, { titles: {} }), { code: 'required' });
    const { id } = await plan();
    await assert.rejects(plan({ held: 'online' }), { code: 'required' });
    await assert.rejects(plan({ ends_at: '2026-03-07T00:00:00Z' }), { code: 'session_backwards' });
    await plan({ id, expected_version: 1 });
    await assert.rejects(plan({ id, expected_version: 1 }), { code: 'stale' });
    await act(secretary, forum.cancel_session, { id, reason: '下雨' });
    assert.equal((await turns(id)).phase, 'cancelled');
    await assert.rejects(act(secretary, forum.open_session, { id }), { code: 'session_over' });
  });

  it('calls speakers in the order they asked, one at a time, however often it is pressed at once', async () => {
    const { id } = await plan();
    const asked = (actor: Actor, more: object = {}) => act(actor, forum.ask_to_speak, { session_id: id, ...more });
    await assert.rejects(asked(visitor), /sign_in_first|not_found/);
    await Promise.allSettled(Array.from({ length: 8 }, () => asked(resident)));
    assert.equal((await turns(id)).waiting.length, 1, 'raced, somebody stands once');
    await asked(neighbour);
    await assert.rejects(asked(resident, { shown_name: '张阿姨' }), { code: 'not_found' });
    await asked(secretary, { shown_name: '张阿姨' });
    await assert.rejects(act(secretary, forum.call_next, { id }), { code: 'session_not_open' });
    await act(secretary, forum.open_session, { id });
    await Promise.all([1, 2].map(() => act(secretary, forum.call_next, { id })));
    const list = await turns(id);
    assert.deepEqual([list.spoken.length, list.waiting.map((turn) => turn.name)], [1, ['张阿姨']]);
    assert.equal(list.speaking?.number, 2);
    const gone = list.waiting[0]!.id;
    await assert.rejects(act(resident, forum.leave_list, { session_id: id, turn_id: gone }), { code: 'not_found' });
    await act(secretary, forum.leave_list, { session_id: id, turn_id: gone });
    await act(secretary, forum.close_session, { id }, new Date(NOW.getTime() + 90_000));
    assert.deepEqual(
      (await turns(id)).spoken.map((turn) => turn.seconds),
      [0, 90],
    );
  });

  it('has minutes that speakers correct, with every version kept', async () => {
    const { id } = await plan();
    await act(resident, forum.ask_to_speak, { session_id: id });
    await act(secretary, forum.open_session, { id });
    const { turn_id } = await act(secretary, forum.call_next, { id });
    const note = { session_id: id, turn_id, text: '老周说灯要修。' };
    await assert.rejects(act(neighbour, forum.write_minutes, note), { code: 'not_found' });
    const { id: entry } = await act(secretary, forum.write_minutes, note);
    const fix = (actor: Actor, expected_version: number) =>
      act(actor, forum.correct_minutes, { id: entry, expected_version, text: '我说的是先换灯泡。', reason: '记错了' });
    await assert.rejects(fix(neighbour, 1), { code: 'not_found' });
    const fixed = await Promise.allSettled([fix(resident, 1), fix(secretary, 1)]);
    assert.equal(fixed.filter((one) => one.status === 'fulfilled').length, 1);
    const { minutes } = await turns(id);
    assert.deepEqual(
      minutes[0]!.versions.map((one) => one.text),
      ['我说的是先换灯泡。', '老周说灯要修。'],
    );
    await assert.rejects(db().updateTable('minute_texts').set({ text: '改' }).execute(), /permission denied/);
  });
});
