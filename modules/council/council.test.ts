import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { end_term, show_organisation, start_term } from '#modules/groups/index.ts';
import { canonical, entryOf, LOGGED } from '#modules/log/index.ts';
import * as requests from '#modules/requests/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { sha256 } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { type Council, makeCouncil } from '#tests/council.ts';
import { makeNeighbourhood, type Neighbourhood, NOW } from '#tests/factories.ts';
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
const DAY = 86_400_000;

/** Puts a motion to an open vote, everybody votes by the letters (y, n, a), and closes it. */
async function vote(motion_id: string, letters: string, voters = body.everybody) {
  const { id } = await act(body.secretary, council.open_vote, { motion_id });
  const options = { y: 'yes', n: 'no', a: 'abstain' } as const;
  for (const [i, letter] of [...letters].entries())
    await act(voters[i]!, council.cast_vote, { vote_event_id: id, option: options[letter as 'y'] });
  return act(body.secretary, council.close_vote, { id });
}

describe('a meeting', () => {
  it('is planned and called by the secretary-general in time, with an agenda; everybody in the council gets word', async () => {
    const plan = {
      ...{ organisation_id: body.id, titles: both('四月例会'), place_text: '活动室' },
      ...{ starts_at: new Date(NOW.getTime() + 2 * DAY), ends_at: new Date(NOW.getTime() + 3 * DAY) },
    };
    for (const stranger of [visitor, town.people.resident, body.supervisor, body.members[0]!])
      await assert.rejects(act(stranger, council.plan_meeting, plan), refused('not_found'));
    await assert.rejects(
      act(body.secretary, council.plan_meeting, { ...plan, ends_at: plan.starts_at }),
      refused('meeting_backwards'),
    );
    await assert.rejects(
      act(body.secretary, council.plan_meeting, { ...plan, organisation_id: town.organisation }),
      refused('not_found'),
    );
    const { id } = await act(body.secretary, council.plan_meeting, plan);
    await assert.rejects(act(body.secretary, council.call_meeting, { id }), refused('agenda_empty'));
    const items = [];
    for (const title of ['一', '二', '三'])
      items.push((await act(body.secretary, council.add_agenda_item, { meeting_id: id, titles: both(title) })).id);
    await act(body.chair, council.raise_agenda_item, { meeting_id: id, id: items[2] });
    await act(body.secretary, council.drop_agenda_item, { meeting_id: id, id: items[0], reason: '已经办了' });
    assert.deepEqual(
      (await shown(id)).items.map((item) => [item.titles['zh-CN'], item.dropped_reason]),
      [
        ['三', null],
        ['二', null],
        ['一', '已经办了'],
      ],
    );
    await assert.rejects(act(body.secretary, council.call_meeting, { id }), refused('called_too_late'));
    const later = { starts_at: new Date(NOW.getTime() + 5 * DAY), ends_at: new Date(NOW.getTime() + 6 * DAY) };
    await act(body.secretary, council.change_meeting, { id, ...plan, ...later, organisation_id: undefined });
    const { told } = await act(body.secretary, council.call_meeting, { id });
    assert.equal(told, 9, 'all who hold a post, without the one who calls');
    const early = { id, chair_id: body.chair.id, present_ids: body.everybody.map((one) => one.id) };
    await assert.rejects(act(body.chair, council.open_meeting, early), refused('opened_too_early'));
    await assert.rejects(
      act(body.secretary, council.change_meeting, { id, ...plan, ...later }),
      refused('meeting_not_open'),
    );
    const notices = await db()
      .selectFrom('notices')
      .select(['template', 'subject_id'])
      .where('person_id', '=', body.supervisor.id)
      .execute();
    assert.deepEqual(notices, [{ template: 'meeting_called', subject_id: id }]);
    await act(body.secretary, council.cancel_meeting, { id, reason: '停电' });
    assert.equal((await shown(id)).phase, 'cancelled');
  });

  it('is opened with a quorum alone, and who comes and goes counts from then', async () => {
    await assert.rejects(body.open(4), refused('no_quorum'));
    const { meeting_id } = await body.open(5);
    const come = (person: Actor, is_present: boolean) =>
      act(body.secretary, council.record_attendance, { meeting_id, person_id: person.id, is_present });
    await assert.rejects(come(body.supervisor, true), refused('members_only'));
    await come(body.members[5]!, true);
    await come(body.members[5]!, true);
    await come(body.members[5]!, false);
    await come(body.members[5]!, true);
    assert.deepEqual((await shown(meeting_id)).quorum, { members: 9, present: 6, needed: 5 });
    const rows = await db()
      .selectFrom('meeting_attendances')
      .select('left_at')
      .where('meeting_id', '=', meeting_id)
      .where('person_id', '=', body.members[5]!.id)
      .execute();
    assert.equal(rows.length, 1, 'who leaves and comes back at one instant was there all the time');
  });

  it('keeps the rules it was opened by', async () => {
    const { meeting_id } = await body.open();
    const { rules, rules_version } = (await see(visitor, council.show_council, {}))!;
    const stricter = { ...rules, quorum: { numerator: 1, denominator: 1, more_than: false } };
    const wanted = { organisation_id: body.id, expected_version: rules_version, rules: stricter };
    await assert.rejects(act(body.secretary, council.write_council_rules, wanted), refused('not_found'));
    await act(town.people.secretary, council.write_council_rules, wanted);
    await assert.rejects(act(town.people.secretary, council.write_council_rules, wanted), refused('stale'));
    await assert.rejects(body.open(8), refused('no_quorum'));
    assert.equal((await shown(meeting_id)).quorum.needed, 5);
    await act(town.people.secretary, council.write_council_rules, { ...wanted, expected_version: 1, rules });
  });
});

describe('a motion', () => {
  it('is moved and seconded by two members, amended before it is voted on, and every text is kept', async () => {
    const of = await body.open();
    const words = { meeting_id: of.meeting_id, agenda_item_id: of.item_id, title: '建棚', text: '建二十个位子。' };
    for (const stranger of [visitor, town.people.resident, body.supervisor, town.people.administrator])
      await assert.rejects(act(stranger, council.move_motion, words), refused('not_found'));
    await assert.rejects(act(town.people.secretary, council.move_motion, words), refused('members_only'));
    const [mover, other, third] = body.members as [Actor, Actor, Actor];
    const topic = newId();
    const { id } = await act(mover, council.move_motion, { ...words, from: { kind: 'topic', id: topic } });
    await assert.rejects(act(body.secretary, council.open_vote, { motion_id: id }), refused('second_first'));
    await assert.rejects(act(mover, council.second_motion, { id }), refused('seconds_own'));
    await act(body.secretary, council.second_motion, { id, person_id: other.id });
    await assert.rejects(
      act(third, council.move_amendment, { motion_id: id, title: '一样', text: words.text }),
      refused('amends_nothing'),
    );
    const amend = (title: string, text: string) => act(third, council.move_amendment, { motion_id: id, title, text });
    const [more, fewer] = [await amend('多些', '建三十个位子。'), await amend('少些', '建十个位子。')];
    await assert.rejects(
      act(third, council.move_amendment, { motion_id: more.id, title: '再改', text: 'x' }),
      refused('amends_amendment'),
    );
    for (const one of [more, fewer]) await act(other, council.second_motion, { id: one.id });
    await assert.rejects(act(body.chair, council.open_vote, { motion_id: id }), refused('amendments_first'));
    assert.equal((await vote(more.id, 'yyyyynnna')).result, 'pass');
    await assert.rejects(act(body.chair, council.open_vote, { motion_id: fewer.id }), refused('amendment_outdated'));
    await act(third, council.withdraw_motion, { id: fewer.id });
    assert.equal((await vote(id, 'yyyyyyynn')).result, 'pass');
    const motion = (await shown(of.meeting_id)).motions.find((one) => one.id === id)!;
    assert.deepEqual(
      motion.texts.map((text) => [text.version, text.text, text.amendment_id]),
      [
        [2, '建三十个位子。', more.id],
        [1, '建二十个位子。', null],
      ],
    );
    assert.deepEqual(motion.events[0]!.counts, {
      ...{ yes: 7, no: 2, abstain: 0, members: 9, present: 9, conflicted: 0, quorum: 5, needed: 5, majority: 'simple' },
    });
    assert.equal(motion.events[0]!.votes.find((one) => one.person_id === mover.id)!.option, 'yes');
    assert.equal((await see(visitor, council.motions_of, { kind: 'topic', id: topic }))[0]!.id, id);
    await assert.rejects(amend('晚了', 'x'), refused('motion_step_impossible'));
  });

  it('asks for two thirds where it was moved so, and a tie is lost', async () => {
    const of = await body.open();
    const big = await body.motion(of, { majority: 'two_thirds' });
    assert.equal((await vote(big, 'yyyyyaaaa')).result, 'fail', 'five of nine present are no two thirds');
    const tied = await body.motion(of);
    assert.equal((await vote(tied, 'yyyynnnna')).result, 'fail');
    await assert.rejects(body.motion(of, { majority: 'all_of_us' }), refused('invalid_choice'));
  });

  it('is put again when people had left and no quorum was there', async () => {
    const of = await body.open(5);
    const motion_id = await body.motion(of);
    const { id } = await act(body.secretary, council.open_vote, { motion_id });
    await assert.rejects(act(body.secretary, council.close_meeting, { id: of.meeting_id }), refused('vote_open'));
    await act(body.chair, council.cast_vote, { vote_event_id: id, option: 'yes' });
    for (const gone of body.members.slice(0, 2))
      await act(body.secretary, council.record_attendance, {
        ...{ meeting_id: of.meeting_id, person_id: gone.id, is_present: false },
      });
    await assert.rejects(
      act(body.members[0]!, council.cast_vote, { vote_event_id: id, option: 'yes' }),
      refused('not_in_room'),
    );
    assert.equal((await act(body.secretary, council.close_vote, { id })).result, 'no_quorum');
    await assert.rejects(act(body.secretary, council.open_vote, { motion_id }), refused('no_quorum'));
    for (const back of body.members.slice(0, 2))
      await act(
        body.secretary,
        council.record_attendance,
        {
          ...{ meeting_id: of.meeting_id, person_id: back.id, is_present: true },
        },
        new Date(NOW.getTime() + 60_000),
      );
    assert.equal((await vote(motion_id, 'yyyyy')).result, 'pass');
  });

  it('may be ruled out by the chair, with the reason in the minutes', async () => {
    const of = await body.open();
    const motion_id = await body.motion(of);
    const ruling = { meeting_id: of.meeting_id, motion_id, rules_out: true, texts: { 'zh-CN': '不在这次议程里。' } };
    await assert.rejects(act(body.members[0]!, council.make_ruling, ruling), refused('not_found'));
    await act(body.chair, council.make_ruling, ruling);
    const { motions, entries } = await shown(of.meeting_id);
    assert.equal(motions[0]!.state, 'ruled_out');
    assert.deepEqual([entries[0]!.kind, entries[0]!.versions[0]!.texts], ['ruling', ruling.texts]);
    await assert.rejects(act(body.chair, council.make_ruling, ruling), refused('motion_step_impossible'));
  });
});

describe('an interest', () => {
  it('is declared in public with a reason; then the member neither votes nor counts', async () => {
    const of = await body.open(5);
    const motion_id = await body.motion(of);
    const [mover, other] = body.members as [Actor, Actor];
    const said = { meeting_id: of.meeting_id, agenda_item_id: of.item_id, reason: '棚子要建在我家楼下。' };
    await assert.rejects(act(town.people.resident, council.declare_interest, said), refused('not_found'));
    await assert.rejects(
      act(mover, council.declare_interest, { ...said, person_id: other.id }),
      refused('not_found'),
      'nobody declares for somebody else but the secretary-general',
    );
    await act(mover, council.declare_interest, { ...said, motion_id });
    await assert.rejects(act(mover, council.declare_interest, { ...said, motion_id }), refused('there_already'));
    await assert.rejects(
      act(body.secretary, council.open_vote, { motion_id }),
      refused('no_quorum'),
      'four of eight are not more than half',
    );
    await act(body.secretary, council.record_attendance, {
      ...{ meeting_id: of.meeting_id, person_id: body.members[6]!.id, is_present: true },
    });
    const { id } = await act(body.secretary, council.open_vote, { motion_id });
    const cast = (who: Actor) => act(who, council.cast_vote, { vote_event_id: id, option: 'yes' });
    await assert.rejects(cast(mover), refused('interest_declared'));
    await cast(other);
    await assert.rejects(act(other, council.declare_interest, said), refused('member_voted_already'));
    const { interests, motions } = await shown(of.meeting_id);
    assert.deepEqual([interests[0]!.name, interests[0]!.reason], ['理事1', said.reason]);
    await act(body.secretary, council.close_vote, { id });
    assert.equal(motions[0]!.events[0]!.voted_count, 1);
    const { counts } = (await shown(of.meeting_id)).motions[0]!.events[0]!;
    assert.deepEqual([counts!.members, counts!.present, counts!.conflicted], [8, 5, 1]);
  });
});

describe('a resolution', () => {
  it('is numbered without gaps, owed by a post or an organisation, and followed up as a request', async () => {
    const of = await body.open();
    const carried: string[] = [];
    for (const title of ['甲事', '乙事', '丙事', '丁事']) {
      const motion_id = await body.motion(of, { title });
      await vote(motion_id, 'yyyyyyyyy');
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
    await vote(motion_id, 'yyyyyyyyy');
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

it('papers are texts or files that their sender brought, and public', async () => {
  const { meeting_id } = await body.open();
  const hash = 'a'.repeat(64);
  const attach = (who: Actor, more: object) => act(who, council.attach_paper, { meeting_id, title: '图纸', ...more });
  await assert.rejects(attach(body.secretary, {}), refused('required'));
  await assert.rejects(attach(body.secretary, { file_hash: hash }), refused('file_unknown'));
  await db()
    .insertInto('files')
    .values({
      ...{ community_id: town.community.id, hash, media_type: 'application/pdf', byte_count: 9, uploaded_at: NOW },
      uploaded_by_id: body.secretary.id,
    })
    .execute();
  await assert.rejects(attach(body.members[0]!, { file_hash: hash }), refused('file_unknown'));
  assert.equal(await see(visitor, council.may_see_paper, { hash }), false);
  const { id } = await attach(body.secretary, { file_hash: hash });
  await attach(body.members[0]!, { text: '说明' });
  await assert.rejects(attach(town.people.resident, { text: 'x' }), refused('not_found'));
  assert.equal(await see(visitor, council.may_see_paper, { hash }), true);
  await act(body.secretary, council.withdraw_paper, { meeting_id, id });
  assert.equal(await see(visitor, council.may_see_paper, { hash }), false);
  assert.deepEqual(
    (await shown(meeting_id)).papers.map((paper) => paper.text),
    ['说明'],
  );
});

it('what the council decides is a leaf of the log', async () => {
  const rows = await db().selectFrom('events').selectAll().execute();
  const kinds = new Set(rows.filter((row) => new RegExp(LOGGED).test(row.kind)).map((row) => row.kind));
  for (const kind of ['meeting.opened', 'motion.decided', 'vote.closed', 'resolution.adopted', 'council.rules_written'])
    assert.ok(kinds.has(kind), kind);
  assert.ok(kinds.has('meeting.minutes_published'));
  const adopted = rows.find((row) => row.kind === 'resolution.adopted')!;
  assert.ok(!entryOf(adopted as never).includes('建充电棚'), 'the log holds no words of people');
});
