import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { start_term, write_organisation, write_post } from '#modules/groups/index.ts';
import * as projects from '#modules/projects/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood, NOW } from '#tests/factories.ts';
import { rulesOfOpenRound } from '#tests/held_round.ts';
import * as forum from './index.ts';

let town: Neighbourhood;
let desk: Actor;
let secretary: Actor;
let resident: Actor;
let neighbour: Actor;
before(async () => {
  town = await makeNeighbourhood();
  ({ desk, secretary, resident, neighbour } = town.people);
});
after(() => town.close());

const db = () => town.environment.database.of(town.community.id);
const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, id?: string) =>
  perform(town.environment, { actor, community: town.community, via: 'test', now: NOW, id }, command, input);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
  ask(town.environment, { actor, community: town.community, via: 'test', now: NOW }, query, input);
const both = (text: string) => ({ 'zh-CN': text, en: `The ${text}` });
const at = (days: number) => new Date(NOW.getTime() + days * 86_400_000).toISOString();
const raise = (more: object = {}) =>
  act(desk, forum.raise_topic, { title: '楼道的灯', text: '三单元的灯坏了一个月。', ...more });
const shown = (id: string) => see(visitor, forum.show_topic, { id });
const became = async (id: string) =>
  (await shown(id)).links.filter((one) => !one.is_from).map((one) => [one.relation, one.id]);

const openRound = (who_may_propose?: string, from?: number) =>
  act(secretary, projects.write_venture_round, {
    names: both('春季'),
    rules: rulesOfOpenRound(NOW, who_may_propose, from),
  });

const WORDS = { title: '三单元换灯', summary: '声控灯二十盏', category: 'safety', asked_fen: 300_000 };
const propose = (who: Actor, topic_id: string, round_id: string, more: object = {}, id?: string) =>
  act(who, forum.propose_project, { topic_id, round_id, ...WORDS, ...more }, id);

describe('a topic put forward as a project', () => {
  it('is linked both ways with the needs it grew from, goes on, and its raiser is told', async () => {
    const { id: round_id } = await openRound();
    const need = newId();
    const { id } = await raise({ from: { kind: 'request', id: need } });
    const command_id = newId();
    const [made, again] = [
      await propose(resident, id, round_id, { body: '先报线路，再换灯。' }, command_id),
      await propose(resident, id, round_id, { body: '先报线路，再换灯。' }, command_id),
    ];
    assert.deepEqual(again, made, 'sent twice is done once');
    assert.deepEqual([(await shown(id)).state, await became(id)], ['open', [['became_proposal', made.id]]]);
    const proposal = await see(visitor, projects.show_proposal, { id: made.id });
    assert.deepEqual([proposal.title, proposal.request_ids], [WORDS.title, [need]]);
    const topics = await see(visitor, forum.topics_of, { kind: 'proposal', id: made.id });
    assert.deepEqual([topics[0]!.id, topics[0]!.relation], [id, 'became_proposal']);
    const events = await db().selectFrom('events').select('kind').where('subject_id', '=', id).execute();
    assert.ok(events.some((event) => event.kind === 'topic.became_proposal'));
    const notices = await db().selectFrom('notices').selectAll().where('person_id', '=', desk.id).execute();
    assert.equal(notices.filter((one) => one.template === 'topic_proposal').length, 1);
  });

  it('is concluded in the same step by whoever may, or not at all', async () => {
    const { id: round_id } = await openRound();
    const { id } = await raise();
    const conclusion = '大家同意换声控灯，电话13812345678。';
    await assert.rejects(propose(resident, id, round_id, { conclusion }), { code: 'not_found' });
    assert.deepEqual(await became(id), [], 'what is refused leaves no proposal behind');
    const raced = await Promise.allSettled([1, 2, 3].map(() => propose(secretary, id, round_id, { conclusion })));
    assert.equal(raced.filter((one) => one.status === 'fulfilled').length, 1, 'raced, it is concluded once');
    const topic = await shown(id);
    assert.deepEqual([topic.state, topic.outcome, (await became(id)).length], ['concluded', 'proposal', 1]);
    assert.doesNotMatch(topic.summary!, /1381234/);
    await assert.rejects(propose(secretary, id, round_id, { conclusion }), { code: 'topic_concluded' });
    await propose(neighbour, id, round_id);
    assert.equal((await became(id)).length, 2, 'what was concluded may still become another project');
  });

  it('keeps to the rules of the round, and to topics that everybody may read', async () => {
    const { id: round_id } = await openRound('organisations');
    const { id } = await raise();
    await assert.rejects(propose(visitor, id, round_id), { code: 'not_found' });
    await assert.rejects(propose(resident, id, round_id), { code: 'only_organisations_propose' });
    const organisation_id = town.organisation;
    await assert.rejects(propose(resident, id, round_id, { organisation_id }), { code: 'speaks_not' });
    const open = await openRound();
    await assert.rejects(propose(resident, id, open.id, { asked_fen: 5_000_001 }), { code: 'dearer_than_budget' });
    await assert.rejects(propose(resident, id, open.id, { category: 'other' }), { code: 'invalid_choice' });
    await assert.rejects(propose(resident, id, (await openRound('both', 1)).id), { code: 'not_proposing' });
    await assert.rejects(propose(resident, newId(), open.id), { code: 'not_found' });
    const hidden = await raise();
    const subject = { kind: 'topic', id: hidden.id };
    await act(secretary, forum.moderate, { subject, step: 'hide', rule: 'off_topic', reason: '不是这里的事' });
    for (const who of [resident, secretary])
      await assert.rejects(propose(who, hidden.id, open.id), { code: 'not_found' });
  });
});

it('the rounds that take proposals say who may propose there by their rules', async () => {
  const { administrator } = town.people;
  const kind = { kind: 'social_organisation', names: both('灯会') };
  const { id: organisation_id } = await act(administrator, write_organisation, kind);
  const post = { organisation_id, code: 'lead', names: both('负责人'), speaks_for: true };
  const { id: post_id } = await act(administrator, write_post, post);
  await act(administrator, start_term, { post_id, person_id: neighbour.id });
  const [own, theirs] = [await openRound('residents'), await openRound('organisations')];
  const planned = await openRound('both', 2);
  const open = async (who: Actor) => {
    const { rounds, next_from } = await see(who, projects.list_open_rounds, {});
    assert.equal(next_from, at(1), 'the next that begins');
    assert.ok(!rounds.some((round) => round.id === planned.id));
    return [own, theirs].map(({ id }) => rounds.find((round) => round.id === id)!.may_propose);
  };
  assert.deepEqual(await open(visitor), [false, false]);
  assert.deepEqual(await open(resident), [true, false]);
  assert.deepEqual(await open(neighbour), [true, true]);
  const { propose_as } = await see(neighbour, projects.show_venture_round, { number: theirs.number });
  assert.deepEqual(
    [propose_as.own, propose_as.organisations.map((one) => one.organisation_id)],
    [false, [organisation_id]],
  );
  const { id } = await raise();
  const made = await propose(neighbour, id, theirs.id, { organisation_id });
  assert.equal((await see(visitor, projects.show_proposal, { id: made.id })).organisation_id, organisation_id);
});
