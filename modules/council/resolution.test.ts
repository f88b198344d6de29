import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { end_term, show_organisation, start_term } from '#modules/groups/index.ts';
import { canonical, entryOf, LOGGED } from '#modules/log/index.ts';
import * as projects from '#modules/projects/index.ts';
import * as requests from '#modules/requests/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { sha256 } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { type Council, makeCouncil } from '#tests/council.ts';
import { makeNeighbourhood, type Neighbourhood, NOW } from '#tests/factories.ts';
import { rulesOfOpenRound } from '#tests/held_round.ts';
import { findingsOf } from '#tests/witness.ts';
import * as council from './index.ts';

let town: Neighbourhood;
let body: Council;
let now = NOW;
before(async () => {
  town = await makeNeighbourhood({ clock: () => now });
  body = await makeCouncil(town);
});
after(() => town.close());

const db = () => town.environment.database.of(town.community.id);
const act: Council['act'] = (...more) => body.act(...more);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
  ask(town.environment, { actor, community: town.community, via: 'test', now }, query, input);
const shown = (id: string, actor: Actor = visitor) => see(actor, council.show_meeting, { id });
const refused = (code: string) => ({ code });
const both = (text: string) => ({ 'zh-CN': text, en: `The ${text}` });

describe('a resolution', () => {
  it('is numbered without gaps, owed by a post or an organisation, and followed up as a request', async () => {
    const of = await body.open();
    const carried: string[] = [];
    for (const title of ['甲事', '乙事', '丙事', '丁事']) {
      const motion_id = await body.motion(of, { title });
      await body.vote(motion_id, 'yyyyyyyyy');
      carried.push(motion_id);
    }
    const words = {
      titles: both('建充电棚'),
      texts: both('六月底前建好。'),
      due_on: '2026-03-20',
      category: 'repairs',
    };
    const to = { organisation_id: town.organisation };
    const resolve = (motion_id: string, more: object = {}) =>
      act(body.secretary, council.adopt_resolution, { motion_id, ...words, owner: to, ...more });
    await assert.rejects(resolve(carried[0]!, { category: 'hardship' }), refused('category_private'));
    await assert.rejects(resolve(carried[0]!, { due_on: '2026-03-01' }), refused('date_past'));
    await assert.rejects(resolve(carried[0]!, { owner: { post_id: newId() } }), refused('post_vacant'));
    await assert.rejects(
      act(body.members[0]!, council.adopt_resolution, { motion_id: carried[0]!, ...words, owner: to }),
      refused('not_found'),
    );
    const raced = await Promise.allSettled([0, 0, 1, 2].map((i) => resolve(carried[i]!)));
    const made = raced.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    assert.equal(made.length, 3, 'one motion makes one resolution');
    made.push(await resolve(carried[3]!, { owner: { post_id: body.posts.chair } }));
    assert.deepEqual(made.map((one) => one.number).sort(), [1, 2, 3, 4]);
    const { resolutions } = await see(visitor, council.list_resolutions, {});
    assert.deepEqual(
      resolutions.map((one) => one.owner_names['zh-CN']),
      ['理事长', '安居物业', '安居物业', '安居物业'],
    );
    const request = await see(visitor, requests.show_request, { number: resolutions[1]!.request_number });
    assert.equal(request.due_at!.toISOString(), '2026-03-20T10:00:00.000Z');
    assert.deepEqual([request.intake, request.owner_id, request.is_public], ['council', town.people.handler.id, true]);
    const found = await see(visitor, council.resolution_of, { request_id: request.id });
    assert.equal(found!.number, 3);
  });

  it('has the clock and the escalation of requests, is confirmed by whoever wrote it down, and nothing of it is lost', async () => {
    const { resolutions } = await see(visitor, council.list_resolutions, {});
    const { id, request_id } = resolutions.find((one) => one.number === 4)!;
    const state = async () => (await see(visitor, council.show_resolution, { id })).request_state;
    await act(body.chair, requests.accept_request, { id: request_id });
    now = new Date('2026-03-20T10:00:01Z');
    assert.ok((await see(visitor, council.show_resolution, { id })).is_overdue);
    assert.equal((await see(visitor, council.list_resolutions, { state: 'overdue' })).resolutions.length, 4);
    const swept = await requests.sweepRequests(town.environment, town.community);
    assert.ok(swept.escalated >= 4);
    await act(body.chair, requests.finish_request, { id: request_id, text: '建好了。' });
    assert.equal(await state(), 'done');
    await act(body.secretary, requests.confirm_request, { id: request_id, stars: 5 });
    assert.equal(await state(), 'confirmed');
    const lost = await see(
      visitor,
      { name: 'test.lost', input: requests.list_categories.input, run: requests.findLost } as never,
      {},
    );
    assert.deepEqual(lost, []);
    const before = (await see(visitor, council.show_resolution, { id: resolutions[1]!.id })).due_at;
    await requests.recomputeOpenRequests(town.environment, town.community, 'another calendar');
    assert.deepEqual((await see(visitor, council.show_resolution, { id: resolutions[1]!.id })).due_at, before);
    now = NOW;
  });

  it('goes with the post: whoever takes it up owes what it owes', async () => {
    const of = await body.open();
    const motion_id = await body.motion(of);
    await body.vote(motion_id, 'yyyyyyyyy');
    const { request_id } = await act(body.secretary, council.adopt_resolution, {
      ...{ motion_id, titles: both('看账'), texts: both('每月看一次账。'), due_on: '2026-04-20', category: 'repairs' },
      owner: { post_id: body.posts.supervisor },
    });
    const next = await body.addPerson('新监事');
    const { administrator } = town.people;
    const { posts } = (await see(visitor, show_organisation, { id: body.id }))!;
    const term = posts.find((post) => post.code === 'supervisor')!.terms[0]!;
    await act(administrator, end_term, { id: term.id, reason: '任期到了' });
    const post = { post_id: body.posts.supervisor, person_id: next.id };
    await act(administrator, start_term, post);
    const event = { id: newId(), subject_id: post.post_id, data: { person_id: next.id } };
    for (let i = 0; i < 2; i++) await council.whenTermStarted.run(town.environment, town.community, event as never);
    const { owner_id, thread } = await see(next, requests.show_request, { id: request_id });
    assert.equal(owner_id, next.id);
    assert.equal(thread.filter((step) => step.step === 'hand_on').length, 1);
    await act(next, requests.accept_request, { id: request_id });
  });

  it('is put forward as a project of a round by who speaks for the council, with the need it grew from', async () => {
    const { resident, secretary } = town.people;
    const need = await act(resident, requests.submit_request, {
      ...{ kind: 'need', intake: 'web', text: '电动车没有地方充电。', wants_public: true },
    });
    const of = await body.open();
    const motion_id = await body.motion(of, { from: { kind: 'request', id: need.id } });
    await body.vote(motion_id, 'yyyyyyyyy');
    const texts = both('六月底前建好。');
    const { id: resolution_id } = await act(body.secretary, council.adopt_resolution, {
      ...{ motion_id, titles: both('建充电棚'), texts, due_on: '2026-04-20', category: 'repairs' },
      owner: { organisation_id: town.organisation },
    });
    const rules = rulesOfOpenRound(NOW);
    const round = await act(secretary, projects.write_venture_round, { names: both('春季'), rules });
    const words = { title: '三栋充电棚', summary: '二十个位子', category: 'safety', asked_fen: 3_000_000 };
    const propose = (who: Actor, more: object = {}) =>
      act(who, council.propose_project, { resolution_id, round_id: round.id, ...words, ...more });
    for (const stranger of [visitor, resident, body.supervisor, body.members[0]!])
      await assert.rejects(propose(stranger), refused('not_found'));
    await assert.rejects(propose(body.secretary, { resolution_id: newId() }), refused('not_found'));
    await assert.rejects(propose(secretary), refused('speaks_not'), 'the office speaks for no council');
    await assert.rejects(propose(body.secretary, { asked_fen: 5_000_001 }), refused('dearer_than_budget'));
    const { id, round_number } = await propose(body.secretary);
    const proposal = await see(visitor, projects.show_proposal, { id });
    assert.deepEqual([round_number, proposal.round.id, proposal.title], [round.number, round.id, words.title]);
    assert.deepEqual([proposal.organisation_id, proposal.body], [body.id, `${texts['zh-CN']}\n\n${texts.en}`]);
    assert.deepEqual(proposal.request_ids, [need.id]);
    assert.equal((await see(visitor, council.resolution_of, { proposal_id: id }))!.id, resolution_id);
    const { links } = await see(visitor, council.show_resolution, { id: resolution_id });
    assert.deepEqual(
      links.filter((link) => link.kind === 'proposal').map((link) => [link.relation, link.id, link.is_from]),
      [['became_proposal', id, false]],
    );
  });
});

describe('the minutes', () => {
  it('are written live, corrected with reasons, adopted by the chair, and published in both languages', async () => {
    const of = await body.open();
    await body.motion(of);
    const write = (texts: object) =>
      act(body.secretary, council.write_meeting_minutes, {
        ...{ meeting_id: of.meeting_id, agenda_item_id: of.item_id, texts },
      });
    await assert.rejects(write({}), refused('required'));
    await assert.rejects(
      act(body.members[0]!, council.write_meeting_minutes, { meeting_id: of.meeting_id, texts: both('x') }),
      refused('not_found'),
    );
    const { id } = await write({ 'zh-CN': '老周说电线不能飞，电话13812345678。' });
    const correct = (expected_version: number, texts: object, reason?: string) =>
      act(body.secretary, council.correct_meeting_minutes, { id, expected_version, texts, reason });
    await assert.rejects(correct(1, { 'zh-CN': '改了' }), refused('required'));
    await correct(1, { 'zh-CN': '老周说电线不能乱飞。' }, '漏了一个字');
    await assert.rejects(correct(1, { 'zh-CN': '再改' }, '旧'), refused('stale'));
    await assert.rejects(act(body.chair, council.adopt_minutes, { id: of.meeting_id }), refused('meeting_open'));
    await assert.rejects(see(visitor, council.show_minutes, { id: of.meeting_id }), refused('not_found'));
    await act(body.secretary, council.close_meeting, { id: of.meeting_id });
    await assert.rejects(act(body.secretary, council.adopt_minutes, { id: of.meeting_id }), refused('not_found'));
    await assert.rejects(act(body.secretary, council.publish_minutes, { id: of.meeting_id }), refused('adopt_first'));
    await act(body.chair, council.adopt_minutes, { id: of.meeting_id });
    await assert.rejects(correct(2, { 'zh-CN': '事后改' }, '不该'), refused('minutes_adopted'));
    await assert.rejects(write(both('晚了')), refused('minutes_adopted'));
    await assert.rejects(
      act(body.secretary, council.publish_minutes, { id: of.meeting_id }),
      refused('language_missing'),
    );
    await correct(2, { 'zh-CN': '老周说电线不能乱飞。', en: 'Zhou says no cable may hang loose.' });
    const { sha256: hash } = await act(body.secretary, council.publish_minutes, { id: of.meeting_id });
    const meeting = await shown(of.meeting_id);
    assert.equal(meeting.minutes, 'published');
    assert.equal(meeting.minutes_sha256, hash);
    assert.deepEqual(
      meeting.entries[0]!.versions.map((one) => one.texts['zh-CN']),
      ['老周说电线不能乱飞。', '老周说电线不能乱飞。', '老周说电线不能飞，电话•••••••••78。'],
    );
    const { record } = await see(visitor, council.show_minutes, { id: of.meeting_id });
    assert.deepEqual([record.items[0]!.motions[0]!.moved_by, record.present.length], ['理事1', 9]);
    assert.equal(
      sha256(canonical(record)).toString('hex'),
      hash,
      'anybody makes the hash again from what is published',
    );
  });
});

it('what the council decides is a leaf of the log', async () => {
  const { rules, rules_version } = (await see(visitor, council.show_council, {}))!;
  const wanted = { organisation_id: body.id, expected_version: rules_version, rules };
  await act(town.people.secretary, council.write_council_rules, wanted);
  const rows = await db().selectFrom('events').selectAll().execute();
  const kinds = new Set(rows.filter((row) => new RegExp(LOGGED).test(row.kind)).map((row) => row.kind));
  for (const kind of ['meeting.opened', 'motion.decided', 'vote.closed', 'resolution.adopted', 'council.rules_written'])
    assert.ok(kinds.has(kind), kind);
  assert.ok(kinds.has('meeting.minutes_published'));
  const adopted = rows.find((row) => row.kind === 'resolution.adopted')!;
  assert.ok(!entryOf(adopted as never).includes('建充电棚'), 'the log holds no words of people');
});

it('its rows are what its facts say', async () => assert.deepEqual(await findingsOf(town, council.councilWitness), []));
