import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Actor, visitor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { type Council, makeCouncil } from '#tests/council.ts';
import { bringPhoto, makeNeighbourhood, type Neighbourhood, NOW } from '#tests/factories.ts';
import { findingsOf } from '#tests/witness.ts';
import * as council from './index.ts';

let town: Neighbourhood;
let body: Council;
before(async () => {
  town = await makeNeighbourhood();
  body = await makeCouncil(town);
});
after(() => town.close());

const db = () => town.environment.database.of(town.community.id);
const act: Council['act'] = (...more) => body.act(...more);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
  ask(town.environment, { actor, community: town.community, via: 'test', now: NOW }, query, input);
const shown = (id: string, actor: Actor = visitor) => see(actor, council.show_meeting, { id });
const refused = (code: string) => ({ code });
const both = (text: string) => ({ 'zh-CN': text, en: `The ${text}` });
const DAY = 86_400_000;

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
    const { is_early, opens_at } = await shown(id);
    assert.deepEqual([is_early, opens_at.getTime()], [true, later.starts_at.getTime() - 3_600_000]);
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
    assert.equal((await body.vote(more.id, 'yyyyynnna')).result, 'pass');
    await assert.rejects(act(body.chair, council.open_vote, { motion_id: fewer.id }), refused('amendment_outdated'));
    await act(third, council.withdraw_motion, { id: fewer.id });
    assert.equal((await body.vote(id, 'yyyyyyynn')).result, 'pass');
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
    assert.equal((await body.vote(big, 'yyyyyaaaa')).result, 'fail', 'five of nine present are no two thirds');
    const tied = await body.motion(of);
    assert.equal((await body.vote(tied, 'yyyynnnna')).result, 'fail');
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
    assert.equal((await body.vote(motion_id, 'yyyyy')).result, 'pass');
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

it('papers are texts or files that their sender brought, and public', async () => {
  const { meeting_id } = await body.open();
  const hash = 'a'.repeat(64);
  const attach = (who: Actor, more: object) => act(who, council.attach_paper, { meeting_id, title: '图纸', ...more });
  await assert.rejects(attach(body.secretary, {}), refused('required'));
  await assert.rejects(attach(body.secretary, { file_hash: hash }), refused('file_unknown'));
  await bringPhoto(town, hash, body.secretary);
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

it('its rows are what its facts say', async () => assert.deepEqual(await findingsOf(town, council.councilWitness), []));
