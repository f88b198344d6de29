import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Actor, system, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood, NOW } from '#tests/factories.ts';
import * as forum from './index.ts';

let town: Neighbourhood;
let desk: Actor;
let secretary: Actor;
let topic_id: string;
let people: Actor[];
const LATER = new Date(NOW.getTime() + 3_600_000);

before(async () => {
  town = await makeNeighbourhood();
  ({ desk, secretary } = town.people);
  people = await addPeople(24);
});
after(() => town.close());

const db = () => town.environment.database.of(town.community.id);
const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, now = NOW) =>
  perform(town.environment, { actor, community: town.community, via: 'test', now }, command, input);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown, now = NOW) =>
  ask(town.environment, { actor, community: town.community, via: 'test', now }, query, input);
const map = (actor: Actor = visitor) => see(actor, forum.show_opinion_map, { topic_id });
const write = (text: string, actor = secretary) => act(actor, forum.write_statement, { topic_id, text });
const give = (actor: Actor, statement_id: string, opinion: string, now = NOW) =>
  act(actor, forum.give_opinion, { statement_id, opinion }, now);
const draw = (now = LATER) => act(system, forum.draw_opinion_map, { topic_id }, now);
const raise = async () => {
  ({ id: topic_id } = await act(secretary, forum.raise_topic, { title: '夜里停车', text: '位子不够，怎么排？' }));
};

/** Residents who show a name. */
async function addPeople(count: number): Promise<Actor[]> {
  const { name_sealed, name_masked, name_fingerprint } = await db()
    .selectFrom('people')
    .select(['name_sealed', 'name_masked', 'name_fingerprint'])
    .where('id', '=', town.people.resident.id)
    .executeTakeFirstOrThrow();
  const ids = Array.from({ length: count }, () => newId());
  await db()
    .insertInto('people')
    .values(
      ids.map((id) => ({
        ...{ community_id: town.community.id, id, name_sealed, name_masked, name_fingerprint, public_name: '邻居' },
        ...{ created_at: NOW, created_by_id: id },
      })),
    )
    .execute();
  return ids.map((id) => ({ kind: 'person', id, roles: [] }));
}

describe('a statement', () => {
  before(raise);

  it('of somebody new waits for a moderator; the same words are refused', async () => {
    const [person] = people;
    const { id, state } = await write('  外来的车   夜里不进 ', person!);
    assert.equal(state, 'waiting');
    assert.deepEqual((await map()).statements, []);
    assert.deepEqual((await map(person)).waiting, [{ id, text: '外来的车 夜里不进' }]);
    await assert.rejects(give(desk, id, 'agree'), { code: 'not_found' });
    await act(desk, forum.moderate, { subject: { kind: 'statement', id }, step: 'approve', rule: 'fits' });
    assert.deepEqual(
      (await map()).statements.map((one) => one.text),
      ['外来的车 夜里不进'],
    );
    await assert.rejects(write('外来的车 夜里不进'), { code: 'statement_there' });
  });

  it('is short, on a topic that is open, by a resident who shows a name', async () => {
    for (const text of ['短', '长'.repeat(141), '   \n  '])
      await assert.rejects(write(text), { code: /too_|required|invalid/ });
    await assert.rejects(write('访客也写一条', visitor), { code: 'sign_in_first' });
    await assert.rejects(write('没有公开名字的人', town.people.resident), { code: 'show_your_name_first' });
    const { text } = await db()
      .selectFrom('statements')
      .select('text')
      .where('topic_id', '=', topic_id)
      .executeTakeFirstOrThrow();
    assert.equal(text, '外来的车 夜里不进');
  });

  it('takes numbers without gaps when many write at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, i) => write(`同时写下的第${i}条看法`)));
    const numbers = (await map()).statements.map((one) => one.number);
    assert.deepEqual(
      numbers,
      numbers.map((_, i) => i + 1),
    );
  });
});

describe('an opinion', () => {
  before(raise);

  it('is one a person and statement, raced or changed, and only its giver sees it', async () => {
    const { id } = await write('消防通道加锁');
    const [one, other] = people;
    await Promise.allSettled(Array.from({ length: 40 }, (_, i) => give(one!, id, i % 2 ? 'agree' : 'disagree')));
    await give(one!, id, 'pass');
    const rows = await db().selectFrom('opinions').select('opinion').where('statement_id', '=', id).execute();
    assert.deepEqual(rows, [{ opinion: 'pass' }]);
    const mine = await map(one!);
    assert.deepEqual([mine.given, mine.next, mine.statements[0]!.opinion], [1, null, 'pass']);
    for (const actor of [other!, desk, secretary, visitor, { ...desk, on_behalf_of_id: one!.id }]) {
      const seen = await map(actor);
      assert.equal(seen.statements[0]!.opinion, null);
      assert.doesNotMatch(JSON.stringify(seen), new RegExp(one!.id));
    }
  });

  it('is in no event and given by nobody for another', async () => {
    const { id } = await write('车位先来先停');
    await give(people[1]!, id, 'disagree');
    const events = await db().selectFrom('events').selectAll().where('kind', '=', 'opinion.given').execute();
    assert.ok(events.length > 0);
    for (const event of events) assert.doesNotMatch(JSON.stringify(event), /agree|statement/);
    await assert.rejects(give({ ...desk, on_behalf_of_id: people[1]!.id }, id, 'agree'), { code: 'sign_in_first' });
    await assert.rejects(give(visitor, id, 'agree'), { code: 'sign_in_first' });
    await assert.rejects(give(people[2]!, newId(), 'agree'), { code: 'not_found' });
  });

  it('is in the file of its giver, with what else they said, and in no other', async () => {
    const { forum_opinions } = await see(people[0]!, forum.my_words, {});
    assert.deepEqual(
      forum_opinions.map((one) => [one.statement, one.opinion]),
      [['消防通道加锁', 'pass']],
    );
    const { forum_statements } = await see(secretary, forum.my_words, {});
    assert.ok(forum_statements.some((one) => one.text === '消防通道加锁'));
    assert.deepEqual((await see(people[5]!, forum.my_words, {})).forum_opinions, []);
    for (const actor of [visitor, { ...desk, on_behalf_of_id: people[0]!.id }])
      await assert.rejects(see(actor, forum.my_words, {}), { code: 'sign_in_first' });
  });

  it('ends with the topic', async () => {
    const { id } = await write('夜里留两个位给急救');
    await act(secretary, forum.conclude_topic, { id: topic_id, summary: '说定了', outcome: 'nothing' });
    await assert.rejects(give(people[3]!, id, 'agree'), { code: 'topic_concluded' });
    await assert.rejects(write('再来一条看法'), { code: 'topic_concluded' });
    assert.equal((await map(people[3]!)).next, null);
  });
});

describe('a map', () => {
  const ids: string[] = [];
  before(async () => {
    await raise();
    for (let i = 0; i < 8; i++) ids.push((await write(`看法图上的第${i}条`)).id);
  });
  /** Two camps of opposite minds, who agree on the last two statements. */
  const answer = async (from: number, to: number, now = NOW) => {
    for (const [i, person] of people.slice(from, to).entries())
      for (const [s, id] of ids.entries())
        await give(person, id, s >= 6 || (from + i) % 2 === s % 2 ? 'agree' : 'disagree', now);
  };

  it('is drawn by the jobs alone, from five people on, and not for a few who came since', async () => {
    await answer(0, 4);
    assert.deepEqual(await draw(), { drawn: false });
    assert.equal((await map()).map, null);
    await answer(4, 16);
    await assert.rejects(act(secretary, forum.draw_opinion_map, { topic_id }), { code: 'not_found' });
    assert.deepEqual((await see(system, forum.list_maps_due, {})).topics, [topic_id]);
    await assert.rejects(see(secretary, forum.list_maps_due, {}), { code: 'not_found' });
    assert.deepEqual(await draw(), { drawn: true });
    assert.deepEqual((await see(system, forum.list_maps_due, {})).topics, []);
    const after = new Date(LATER.getTime() + 1_000);
    await answer(16, 20, after);
    assert.deepEqual(await draw(after), { drawn: false });
    assert.equal((await map()).map!.participants, 16);
  });

  it('shows groups, what they share, and what was hidden since no more', async () => {
    const shown = (await map()).map!;
    assert.deepEqual(
      shown.groups.map((one) => one.size),
      [8, 8],
    );
    assert.deepEqual(shown.shared.map((one) => one.statement).sort(), [ids[6], ids[7]].sort());
    const hide = {
      subject: { kind: 'statement', id: ids[6] },
      step: 'hide',
      rule: 'off_topic',
      reason: '说的是别的事',
    };
    await act(desk, forum.moderate, hide);
    const without = await map();
    assert.deepEqual(
      without.map!.shared.map((one) => one.statement),
      [ids[7]],
    );
    assert.ok(!JSON.stringify(without).includes(ids[6]!));
  });
});
