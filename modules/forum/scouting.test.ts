import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { end_term, start_term, write_organisation, write_post } from '#modules/groups/index.ts';
import { give_consent, publish_consent_text, withdraw_consent } from '#modules/people/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood, NOW } from '#tests/factories.ts';
import * as forum from './index.ts';
import { KEEPS_HITTING, suggest } from './scouting.ts';

const DAY = 86_400_000;

describe('the rule', () => {
  const at = (days: number) => new Date(NOW.getTime() - days * DAY);
  const speech = (id: string, marks: number, days = 1) => ({
    ...{ id, marks, speaker_id: 'a', topic_id: 't', title: '停车', text: '先数车', said_at: at(days) },
  });
  for (const [what, marks, people, found] of [
    ['three speeches, two marks each, five people', [2, 2, 2], 5, true],
    ['two speeches', [9, 9], 9, false],
    ['a speech with one mark does not count', [5, 5, 1], 9, false],
    ['the same four people every time', [4, 4, 4], 4, false],
    ['nothing', [], 0, false],
  ] as const)
    it(`${found ? 'suggests' : 'does not suggest'}: ${what}`, () => {
      const speeches = marks.map((count, i) => speech(String(i), count));
      assert.equal(suggest(speeches, new Map([['a', people]])).length, found ? 1 : 0);
    });

  it('shows the latest speeches first, and who spoke last first', () => {
    const own = [30, 20, 10].map((days, i) => speech(`a${i}`, 3, days));
    const other = [9, 8, 7].map((days, i) => ({ ...speech(`b${i}`, 2, days), speaker_id: 'b' }));
    const found = suggest(
      [...own, ...other],
      new Map([
        ['a', 40],
        ['b', 5],
      ]),
    );
    assert.deepEqual(
      found.map((one) => one.person_id),
      ['b', 'a'],
    );
    assert.deepEqual(
      found[1]!.speeches.map((one) => one.id),
      ['a2', 'a1', 'a0'],
    );
  });
});

let town: Neighbourhood;
let secretary: Actor;
let speaker: Actor;
let post_id: string;

const db = () => town.environment.database.of(town.community.id);
const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, now = NOW) =>
  perform(town.environment, { actor, community: town.community, via: 'test', now }, command, input);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown = {}) =>
  ask(town.environment, { actor, community: town.community, via: 'test', now: NOW }, query, input);
const suggested = async () => (await see(secretary, forum.list_suggestions)).suggested.map((one) => one.person_id);
const consent = (actor = speaker, text_version = 1) => act(actor, give_consent, { purpose: 'scouting', text_version });
const withdraw = (actor = speaker) => act(actor, withdraw_consent, { purpose: 'scouting' });
const invite = (person = speaker) =>
  act(secretary, forum.invite_to_post, { post_id, person_id: person.id, reason: '您数车那次，大家都服气。' });

/** Somebody whose speeches hit the point, by marks of others. */
async function addSpeaker(marks: number): Promise<Actor> {
  const sealed = await db()
    .selectFrom('people')
    .select(['name_sealed', 'name_masked', 'name_fingerprint'])
    .where('id', '=', town.people.resident.id)
    .executeTakeFirstOrThrow();
  const add = async (public_name: string) => {
    const id = newId();
    const row = { ...sealed, community_id: town.community.id, id, public_name, created_at: NOW, created_by_id: id };
    await db().insertInto('people').values(row).execute();
    return { kind: 'person', id, roles: [] } as Actor;
  };
  const actor = await add('老周');
  const { id: topic_id } = await act(secretary, forum.raise_topic, { title: '夜里停车', text: '怎么排？' });
  const listeners = await Promise.all(Array.from({ length: marks }, () => add('邻居')));
  for (let i = 0; i < KEEPS_HITTING.speeches; i++) {
    const at = new Date(NOW.getTime() - (20 - i) * DAY);
    const { id, state } = await act(actor, forum.give_speech, { topic_id, text: `先数车，第${i}遍。` }, at);
    const step = { subject: { kind: 'speech', id }, step: 'approve', rule: 'fits' };
    if (state === 'waiting') await act(town.people.desk, forum.moderate, step, at);
    for (const one of listeners) await act(one, forum.mark_speech, { id, hits_the_point: true });
  }
  return actor;
}

before(async () => {
  town = await makeNeighbourhood();
  ({ secretary } = town.people);
  const { administrator } = town.people;
  const names = (zh: string, en: string) => ({ 'zh-CN': zh, en });
  const { id } = await act(administrator, write_organisation, { kind: 'council', names: names('理事会', 'Council') });
  const post = { organisation_id: id, code: 'member', names: names('理事', 'Member'), seats: 1 };
  ({ id: post_id } = await act(administrator, write_post, post));
  speaker = await addSpeaker(6);
});
after(() => town.close());

describe('who may be asked', () => {
  it('is nobody without their agreement, and nobody again at once when they withdraw it', async () => {
    assert.deepEqual(await suggested(), []);
    await assert.rejects(invite(), { code: 'not_found' });
    await consent();
    assert.deepEqual(await suggested(), [speaker.id]);
    await withdraw();
    assert.deepEqual(await suggested(), []);
    await assert.rejects(invite(), { code: 'not_found' });
    await consent();
  });

  it('is shown to secretaries with the reasons, and leaves a trace in the file', async () => {
    const { suggested } = await see(secretary, forum.list_suggestions);
    assert.deepEqual([suggested[0]!.name, suggested[0]!.people, suggested[0]!.speeches.length], ['老周', 6, 3]);
    assert.equal(suggested[0]!.speeches[0]!.marks, 6);
    for (const actor of [visitor, speaker, town.people.desk, town.people.east_worker])
      await assert.rejects(see(actor, forum.list_suggestions), { code: 'not_found' });
    const reads = await db()
      .selectFrom('file_reads')
      .select(['reader_id', 'fields'])
      .where('person_id', '=', speaker.id)
      .execute();
    assert.deepEqual(reads, [{ reader_id: secretary.id, fields: ['speeches'] }]);
  });

  it('is not whom few people marked, nor whose agreement was to a text that no longer counts', async () => {
    const few = await addSpeaker(KEEPS_HITTING.people - 1);
    await consent(few);
    assert.deepEqual(await suggested(), [speaker.id]);
    const words = '您在早茶会上说的话可以用来推荐合适的职务，先问您本人。随时可以撤回，撤回立即生效。';
    const text = { purpose: 'scouting', expected_version: 1, texts: { 'zh-CN': words, en: words }, asks_again: true };
    await act(town.people.administrator, publish_consent_text, text);
    assert.deepEqual(await suggested(), []);
    await consent(speaker, 2);
    assert.deepEqual(await suggested(), [speaker.id]);
  });
});

describe('an invitation', () => {
  it('is sent once however often it is raced, and says whom it concerns to nobody else', async () => {
    const sent = await Promise.allSettled(Array.from({ length: 6 }, () => invite()));
    assert.equal(sent.filter((one) => one.status === 'fulfilled').length, 1);
    await assert.rejects(invite(), { code: 'invited_already' });
    const events = await db().selectFrom('events').selectAll().where('kind', '=', 'post_invitation.sent').execute();
    assert.equal(events.length, 1);
    assert.doesNotMatch(JSON.stringify(events), new RegExp(speaker.id));
    assert.equal((await see(speaker, forum.my_invitations)).invitations[0]!.post.names.en, 'Member');
    assert.deepEqual((await see(town.people.neighbour, forum.my_invitations)).invitations, []);
  });

  it('goes from both lists when the agreement is withdrawn, and cannot be answered then', async () => {
    const { id } = (await see(speaker, forum.my_invitations)).invitations[0]!;
    await withdraw();
    assert.deepEqual((await see(secretary, forum.list_suggestions)).invitations, []);
    assert.deepEqual((await see(speaker, forum.my_invitations)).invitations, []);
    await assert.rejects(act(speaker, forum.answer_invitation, { id, accepts: true }), { code: 'not_found' });
    await consent(speaker, 2);
    assert.equal((await see(speaker, forum.my_invitations)).invitations.length, 1);
  });

  it('is answered by the one who got it, once; who declined is not asked again soon', async () => {
    const { id } = (await see(speaker, forum.my_invitations)).invitations[0]!;
    const answer = (actor: Actor, accepts: boolean) =>
      act(actor, forum.answer_invitation, { id, accepts, words: '身体不行' });
    for (const actor of [secretary, town.people.neighbour, { ...town.people.desk, on_behalf_of_id: speaker.id }])
      await assert.rejects(answer(actor, true), { code: 'not_found' });
    await answer(speaker, false);
    await assert.rejects(answer(speaker, true), { code: 'invitation_answered' });
    await assert.rejects(act(secretary, forum.withdraw_invitation, { id }), { code: 'invitation_answered' });
    await assert.rejects(invite(), { code: 'declined_lately' });
    const [told] = (await see(secretary, forum.list_suggestions)).invitations;
    assert.deepEqual([told!.answer, told!.answer_words], ['declined', '身体不行']);
  });

  it('is taken back before the answer, and for no post that is filled', async () => {
    const later = new Date(NOW.getTime() + 200 * DAY);
    const { id } = await act(
      secretary,
      forum.invite_to_post,
      { post_id, person_id: speaker.id, reason: '再想想？' },
      later,
    );
    await act(secretary, forum.withdraw_invitation, { id });
    await assert.rejects(act(speaker, forum.answer_invitation, { id, accepts: true }), { code: 'not_found' });
    const invited = await act(
      secretary,
      forum.invite_to_post,
      { post_id, person_id: speaker.id, reason: '再想想？' },
      later,
    );
    await act(speaker, forum.answer_invitation, { id: invited.id, accepts: true }, later);
    const begun = async () => (await see(secretary, forum.list_suggestions)).invitations.map((one) => one.has_begun);
    assert.deepEqual(await begun(), [false, false]);
    const cause = { kind: 'post_invitation', id: invited.id };
    const term = await act(secretary, start_term, { post_id, person_id: speaker.id, cause }, later);
    assert.deepEqual(await begun(), [true, false], 'the one that was accepted, not the one declined before');
    await act(secretary, end_term, { id: term.id, reason: '搬家' });
    await act(town.people.administrator, start_term, { post_id, person_id: town.people.neighbour.id });
    const again = act(secretary, forum.invite_to_post, { post_id, person_id: speaker.id, reason: '再想想？' }, later);
    await assert.rejects(again, { code: 'post_not_vacant' });
  });
});
