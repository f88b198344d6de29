import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as people from '#modules/people/index.ts';
import { show_request } from '#modules/requests/index.ts';
import { type Actor, system } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import type { Query } from '#platform/query.ts';
import type { Neighbourhood } from '#tests/factories.ts';
import { openStage } from '#tests/stage.ts';
import * as letters from './index.ts';

let town: Neighbourhood;
let now = new Date('2026-03-04T02:00:00Z');
let campaign = '';
let printed: letters.PrintedLetter;
const { act, see, db } = openStage(
  (made) => {
    town = made;
  },
  () => now,
);
let phone = 13900000000;
/** Somebody who signed in here for the first time. */
const newcomer = async (): Promise<Actor> => {
  const login_id = newId();
  await db().insertInto('logins').values({ id: login_id, created_at: now }).execute();
  const { id } = await act(system, people.welcome_person, { login_id, phone: `+86${phone++}` });
  return { kind: 'person', id, roles: [] };
};
const claim = (actor: Actor, code: string, name: string, born_in_year = 1970) =>
  act(actor, letters.claim_home, { code, name, born_in_year });
const print = async (): Promise<letters.PrintedLetter> => {
  await act(town.people.desk, letters.print_campaign, { id: campaign, again: true });
  const pages: letters.PrintedLetter[] = [];
  for await (const some of letters.lettersForPrint(town.environment, town.community, campaign)) pages.push(...some);
  return pages[0]!;
};
/** A campaign of its own with a letter to the one household; whoever lived there has moved out. */
const freshLetter = async () => {
  await db().updateTable('household_members').set({ ended_at: now }).where('ended_at', 'is', null).execute();
  const texts = {
    'zh-CN': '{address}的邻居：{worker}这几天会来坐坐，{until}前有效。',
    en: 'To {address} in {community}: hello.',
  };
  ({ id: campaign } = await act(town.people.desk, letters.write_campaign, {
    ...{ titles: { 'zh-CN': '一封家书', en: 'A letter home' }, texts, valid_days: 30 },
  }));
  printed = await print();
  return printed.code;
};

describe('a letter', () => {
  it('is written, printed and delivered by those who may, and its code is kept nowhere', async () => {
    const { desk, east_worker, handler, resident } = town.people;
    const input = {
      titles: { 'zh-CN': '一封家书', en: 'A letter home' },
      texts: { 'zh-CN': '{name}：我们这几天会来坐坐，听听您需要什么。', en: 'We will call on you these days.' },
    };
    await assert.rejects(act(desk, letters.write_campaign, input), { code: 'variable_unknown' });
    for (const actor of [east_worker, handler, resident])
      await assert.rejects(act(actor, letters.write_campaign, input), { code: 'not_found' });
    const code = await freshLetter();
    assert.match(printed.addresses['zh-CN'] ?? '', /荷塘里3栋2单元501室/);
    assert.match(printed.texts['zh-CN'] ?? '', /荷塘里3栋2单元501室的邻居：王芳/);
    await assert.rejects(act(desk, letters.print_campaign, { id: campaign }), { code: 'printed_already' });
    await assert.rejects(act(east_worker, letters.print_campaign, { id: campaign, again: true }), {
      code: 'not_found',
    });
    await act(east_worker, letters.deliver_letter, { letter_id: printed.id });
    await act(desk, letters.deliver_letter, { letter_id: printed.id, how: 'in_letterbox' });
    const shown = await see(east_worker, letters.show_campaign, { id: campaign });
    assert.deepEqual([shown.campaign.delivered, shown.prints.length], [1, 0]);
    for (const table of ['letters', 'receipts', 'events', 'downloads'] as const) {
      const rows = await db().selectFrom(table).selectAll().execute();
      assert.ok(!JSON.stringify(rows).includes(code), table);
    }
  });
});

describe('a home', () => {
  it('is claimed by the first with the letter; the next waits until somebody of the home says yes', async () => {
    const code = await freshLetter();
    const [mother, son] = [await newcomer(), await newcomer()];
    assert.deepEqual(await claim(mother, code.toLowerCase(), '孟秀兰', 1956), { outcome: 'verified' });
    await assert.rejects(claim(mother, code, '孟秀兰'), { code: 'claimed_already' });
    assert.deepEqual(await claim(son, code, '孟小军', 1984), { outcome: 'waiting' });
    assert.equal(await votes(son), false);
    assert.deepEqual((await see(son, people.my_households, {}))[0]?.others, []);
    await assert.rejects(act(son, people.answer_claim, { member_id: newId(), lives_here: true }), {
      code: 'not_found',
    });
    const [waiting] = await see(mother, people.waiting_claims, {});
    assert.equal(waiting?.name_masked, '孟**');
    await assert.rejects(act(son, people.answer_claim, { member_id: waiting?.id, lives_here: true }), {
      code: 'not_found',
    });
    await act(mother, people.answer_claim, { member_id: waiting?.id, lives_here: true });
    assert.deepEqual([await votes(mother), await votes(son)], [true, true]);
    assert.deepEqual((await see(son, people.my_file, {})).reads[0]?.reason, 'people.reasons.asked_to_confirm');
  });

  it('claimed by two at once with one code verifies one of them, and a double click verifies once', async () => {
    const code = await freshLetter();
    const rivals = await Promise.all([1, 2, 3, 4].map(newcomer));
    const answers = await Promise.all(rivals.map((one, i) => claim(one, code, `对手${i}`)));
    assert.deepEqual(answers.map((one) => one.outcome).sort(), ['verified', 'waiting', 'waiting', 'waiting']);
    const again = await freshLetter();
    const one = await newcomer();
    const clicks = await Promise.allSettled([1, 2, 3].map(() => claim(one, again, '双击')));
    assert.deepEqual(clicks.map((click) => click.status).sort(), ['fulfilled', 'rejected', 'rejected']);
    assert.equal(await votes(one), true);
  });

  it('that somebody of the home does not know the claimant of goes to the desk, which settles it with a reason', async () => {
    const code = await freshLetter();
    const [owner, stranger] = [await newcomer(), await newcomer()];
    await claim(owner, code, '齐敏');
    await claim(stranger, code, '外人');
    const [waiting] = await see(owner, people.waiting_claims, {});
    await act(owner, people.answer_claim, { member_id: waiting?.id, lives_here: false });
    assert.deepEqual(await see(owner, people.waiting_claims, {}), []);
    await assert.rejects(see(town.people.east_worker, people.list_disputes, {}), { code: 'not_found' });
    const [dispute] = (await see(town.people.desk, people.list_disputes, {})).disputes;
    assert.deepEqual([dispute?.kind, dispute?.claimant_id, dispute?.other_id], ['place', stranger.id, owner.id]);
    const settle = { id: dispute?.id, decision: 'does_not', reason: '上门问过，不住这里' };
    await assert.rejects(act(owner, people.settle_dispute, settle), { code: 'not_found' });
    await act(town.people.desk, people.settle_dispute, settle);
    await assert.rejects(act(town.people.desk, people.settle_dispute, settle), { code: 'dispute_settled' });
    assert.deepEqual([await votes(owner), await votes(stranger)], [true, false]);
  });

  it('claimed in the name of somebody with a sign-in is a dispute; of somebody staff wrote down it is them', async () => {
    const code = await freshLetter();
    const { household } = town;
    const [first, second] = [await newcomer(), await newcomer()];
    const written = await act(town.people.desk, people.write_person, { name: '卢国强', born_in_year: 1950 });
    await act(town.people.desk, people.join_household, {
      ...{ household_id: household, person_id: written.id, verified_how: '看过房产证' },
    });
    const care = { person_id: written.id, kind: 'lives_alone', consent_how: 'said_at_desk' };
    await act(town.people.desk, people.record_care, care);
    assert.deepEqual(await claim(first, code, '卢国强', 1950), { outcome: 'verified' });
    const due = await see(town.people.east_worker, people.list_due_care, {});
    assert.ok(due.some((one) => one.person_id === first.id) && !due.some((one) => one.person_id === written.id));
    assert.deepEqual(await voters(), [first.id]);
    assert.deepEqual(await claim(second, code, '卢国强', 1950), { outcome: 'disputed' });
    const [dispute] = (await see(town.people.desk, people.list_disputes, {})).disputes;
    assert.equal(dispute?.kind, 'identity');
    await act(town.people.desk, people.settle_dispute, { id: dispute?.id, decision: 'does_not', reason: '同一个人' });
  });

  it('is one a person, is not given to children to vote by, can be taken back, and runs out', async () => {
    const code = await freshLetter();
    const [me, child] = [await newcomer(), await newcomer()];
    await claim(me, code, '祝英');
    await claim(child, code, '祝小宝', 2012);
    const [waiting] = await see(me, people.waiting_claims, {});
    await act(me, people.answer_claim, { member_id: waiting?.id, lives_here: true });
    assert.deepEqual([await votes(me), await votes(child)], [true, false]);
    const [home] = await see(me, people.my_households, {});
    const other = newId();
    await db()
      .insertInto('households')
      .values({
        community_id: town.community.id,
        id: other,
        building_id: town.building,
        unit: 1,
        floor: 1,
        door: '101',
      })
      .execute();
    const elsewhere = { household_id: other, person_id: me.id, verified_how: '看过租约' };
    await assert.rejects(act(town.people.desk, people.join_household, elsewhere), { code: 'residence_elsewhere' });
    await assert.rejects(act(town.people.east_worker, people.revoke_residence, { id: home?.id, reason: '搬走了' }), {
      code: 'not_found',
    });
    await act(town.people.desk, people.revoke_residence, { id: home?.id, reason: '信是捡来的' });
    assert.equal(await votes(me), false);
    assert.equal((await see(me, people.my_households, {}))[0]?.revoked_reason, '信是捡来的');
    await act(town.people.east_worker, people.verify_residence, { id: home?.id, how: '上门见到本人' });
    const began = now;
    assert.equal(await votes(me), true);
    now = new Date(began.getTime() + 731 * 86_400_000);
    assert.equal(await votes(me), false);
    assert.equal((await see(me, people.my_households, {}))[0]?.verified_at, null);
    await act(town.people.east_worker, people.verify_residence, { id: home?.id, how: '上门见到本人' });
    assert.equal(await votes(me), true);
    now = began;
  });
});

const votes = (actor: Actor) => see(actor, probe(people.isVerifiedResident, actor.id), {});
const voters = () =>
  see(
    system,
    { name: 'test', input: people.list_care_kinds.input, run: (ctx) => people.verifiedResidentsOn(ctx, now) },
    {},
  );
const probe = (rule: typeof people.isVerifiedResident, id: string): Query<object, boolean> => ({
  name: 'test',
  input: people.list_care_kinds.input,
  run: (ctx) => rule(ctx, id, now),
});

describe('a wrong code', () => {
  it('is counted, and after five within the hour even the right one is not looked at', async () => {
    const code = await freshLetter();
    const me = await newcomer();
    for (let i = 0; i < 5; i++) assert.deepEqual(await claim(me, 'ABCDEABCDE', '试试'), { outcome: 'wrong_code' });
    await assert.rejects(claim(me, code, '试试'), { code: 'letter_codes_tried' });
    const began = now;
    now = new Date(began.getTime() + 3_601_000);
    assert.deepEqual(await claim(me, code, '试试'), { outcome: 'verified' });
    now = began;
  });

  it('tried many times at once is counted each time', async () => {
    const me = await newcomer();
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => claim(me, 'AAAAAAAAAA', '并发')));
    assert.equal(tries.filter((one) => one.status === 'fulfilled').length, 5);
  });

  it('is also one that ran out, or that was printed over', async () => {
    const old = await freshLetter();
    const fresh = (await print()).code;
    const [me, late] = [await newcomer(), await newcomer()];
    assert.deepEqual(await claim(me, old, '旧信'), { outcome: 'wrong_code' });
    const began = now;
    now = new Date(began.getTime() + 31 * 86_400_000);
    assert.deepEqual(await claim(late, fresh, '迟到'), { outcome: 'wrong_code' });
    now = began;
    assert.deepEqual(await claim(me, fresh, '新信'), { outcome: 'verified' });
  });

  it('can be any text at all', async () => {
    const clerk = town.people.desk;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), async (typed) => {
        const answer = await claim(clerk, typed, '随便').catch((error: { code?: string }) => error.code);
        assert.ok(
          typeof answer === 'string'
            ? ['required', 'too_long', 'letter_codes_tried'].includes(answer)
            : answer?.outcome === 'wrong_code',
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe('a reply', () => {
  it('is written down sealed, answered once, and told to the door when it is read', async () => {
    const code = await freshLetter();
    const me = await newcomer();
    await claim(me, code, '回信人');
    const { east_worker, handler, desk } = town.people;
    await assert.rejects(act(me, letters.record_reply, { letter_id: printed.id, text: '灯坏了' }), {
      code: 'not_found',
    });
    const { id } = await act(east_worker, letters.record_reply, { letter_id: printed.id, text: '楼道的灯坏了' });
    await assert.rejects(see(handler, letters.list_replies, {}), { code: 'not_found' });
    const { replies } = await see(desk, letters.list_replies, {});
    assert.equal(replies.find((one) => one.id === id)?.text, '楼道的灯坏了');
    assert.equal((await see(me, people.my_file, {})).reads[0]?.reason, 'letters.reasons.answering');
    const { request_number } = await act(desk, letters.answer_reply, {
      ...{ id, answer: '已请物业来修。', become_request: true },
    });
    await assert.rejects(act(desk, letters.answer_reply, { id, answer: '再说一次' }), { code: 'answered_already' });
    const [mine] = await see(me, letters.my_replies, {});
    assert.deepEqual([mine?.answer, mine?.request_number], ['已请物业来修。', request_number]);
    assert.equal((await see(desk, show_request, { number: request_number })).text, '楼道的灯坏了');
    assert.deepEqual(await see(await newcomer(), letters.my_replies, {}), []);
  });

  it('comes from a knock by ids alone, once, and is typed in from paper', async () => {
    await freshLetter();
    const event = {
      ...{ community_id: town.community.id, id: newId(), kind: 'visit.recorded', at: now, command_id: newId() },
      ...{ actor_id: town.people.east_worker.id, on_behalf_of_id: null, subject_kind: 'visit', subject_id: newId() },
      data: { household_id: town.household, letter_delivered: true, reply_brought_back: true },
    };
    for (let i = 0; i < 2; i++) await letters.whenVisitRecorded.run(town.environment, town.community, event);
    await letters.whenVisitRecorded.run(town.environment, town.community, {
      ...event,
      ...{ id: newId(), data: { household_id: newId(), letter_delivered: true } },
    });
    const { campaign: shown } = await see(town.people.desk, letters.show_campaign, { id: campaign });
    assert.deepEqual([shown.delivered, shown.replies], [1, 1]);
    const { replies } = await see(town.people.desk, letters.list_replies, {});
    const [paper] = replies.filter((one) => one.text === null);
    await assert.rejects(act(town.people.desk, letters.answer_reply, { id: paper?.id, answer: '好' }), {
      code: 'type_in_first',
    });
    await act(town.people.desk, letters.type_in_reply, { id: paper?.id, text: '谢谢你们' });
    await act(town.people.desk, letters.answer_reply, { id: paper?.id, answer: '也谢谢您。' });
  });
});
