import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as funds from '#modules/funds/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { my_notices } from '#platform/notices.ts';
import { at, type Delivery, makeDelivery, on, PHOTO, refused } from '#tests/delivery.ts';
import { findingsOf } from '#tests/witness.ts';
import * as projects from './index.ts';

let stage: Delivery;
before(async () => {
  stage = await makeDelivery(['路灯', '扶手', '课堂', '花园', '地垫']);
});
after(() => stage.town.close());

const act: Delivery['act'] = (...more) => stage.act(...more);
const see: Delivery['see'] = (...more) => stage.see(...more);
const show: Delivery['show'] = (id) => stage.show(id);

describe('what won a vote', () => {
  it('becomes a project at the cost that was vetted, linked to its proposal, once', async () => {
    const id = stage.waiting.at(-1)!;
    const one = await show(id);
    assert.equal(one.state, 'chosen');
    assert.equal(one.budget_fen, 9_000_00);
    assert.equal(one.proposal.title, '地垫');
    const found = await see(visitor, projects.find_project_of, { proposal_id: one.proposal_id });
    assert.deepEqual(found, { id, state: 'chosen' });
    const { ids } = await act(stage.town.people.secretary, projects.begin_projects, { number: 1 });
    assert.deepEqual(ids, [], 'nothing becomes a project twice');
  });

  it('goes from agreement to closing, and every fen is in the ledger', async () => {
    const id = await stage.running();
    const { secretary } = stage.town.people;
    const before = await stage.balance(stage.fund);
    let one = await show(id);
    assert.equal(one.state, 'running');
    assert.equal(one.money.left_fen, 7_000_00);
    const [first, second] = one.milestones.map((each) => each.id) as [string, string];
    await stage.reach(first);
    const asked = await act(stage.organisation, projects.ask_tranche, { milestone_id: first, file_hashes: [PHOTO] });
    const again = act(stage.organisation, projects.ask_tranche, { milestone_id: first, file_hashes: [PHOTO] });
    await assert.rejects(again, refused('tranche_waiting'));
    const told = await see(secretary, my_notices, {});
    assert.equal(told.find((notice) => notice.subject_id === asked.spending_id)?.template, 'spending_waits');
    await assert.rejects(
      act(stage.organisation, funds.approve_spending, { id: asked.spending_id }),
      refused('not_found'),
    );
    await act(secretary, funds.approve_spending, { id: asked.spending_id });
    one = await show(id);
    assert.deepEqual(
      one.milestones.map((each) => each.tranche.state),
      ['paid', 'none'],
    );
    await assert.rejects(
      act(stage.organisation, projects.report_project, { id, words: '好了' }),
      refused('milestones_undecided'),
    );
    const change = { milestone_id: second, change: { dropped: true }, reason: '三单元自己装了' };
    const { id: change_id } = await act(stage.organisation, projects.ask_change, change);
    await act(secretary, projects.decide_change, { id: change_id, verdict: 'approve', reason: '省下来' });
    await assert.rejects(
      act(stage.organisation, projects.report_project, { id, words: '好了' }),
      refused('money_unsettled'),
    );
    const { to_fund_fen, to_return_fen } = (await show(id)).money;
    assert.deepEqual([to_fund_fen, to_return_fen], [0, 4_000_00]);
    assert.deepEqual(await act(stage.treasurer, projects.return_rest, { id }), { id, amount_fen: 4_000_00 });
    assert.equal(await stage.balance(stage.fund), before + 4_000_00);
    await act(stage.organisation, projects.report_project, { id, words: '装了一个单元，扶手牢。' });
    await act(secretary, projects.decide_report, { id, verdict: 'close', reason: '看过现场' });
    one = await show(id);
    assert.equal(one.state, 'closed');
    assert.deepEqual([one.money.paid_fen, one.money.left_fen], [3_000_00, 0]);
    assert.deepEqual(
      one.steps.map((step) => step.step),
      [
        ...['draft', 'sign', 'sign', 'begin', 'fund', 'submit', 'accept', 'ask_tranche', 'ask_change'],
        ...['approve_change', 'return_rest', 'report', 'close'],
      ],
    );
    await assert.rejects(
      act(secretary, projects.stop_project, { id, reason: 'x' }),
      refused('project_step_impossible'),
    );
  });
});

it('money given for a project alone pays a tranche that it covers, and the fund takes its own back', async () => {
  const id = await stage.running();
  const { milestones, budget_line_id } = await show(id);
  const { secretary } = stage.town.people;
  const [first, second] = milestones.map((each) => each.id) as [string, string];
  const give = (amount_fen: number) =>
    act(stage.treasurer, funds.record_donation, {
      ...{ kind: 'money', donor_name: '丁一', fund_id: stage.fund, bank_account_id: stage.bank, amount_fen },
      budget_line_id,
    });
  await give(2_999_99);
  await stage.reach(first);
  const ask = (milestone_id: string) =>
    act(stage.organisation, projects.ask_tranche, { milestone_id, file_hashes: [PHOTO] });
  const { spending_id } = await ask(first);
  await give(4_000_00);
  const line = (await show(id)).money.gifts!.budget_line_id;
  await act(secretary, funds.approve_spending, { id: spending_id });
  assert.deepEqual([await stage.balance(budget_line_id!), await stage.balance(line)], [4_000_00, 6_999_99]);
  await stage.reach(second);
  const asked = await ask(second);
  assert.deepEqual((await show(id)).money.gifts, { budget_line_id: line, given_fen: 6_999_99, free_fen: 2_999_99 });
  await act(secretary, funds.approve_spending, { id: asked.spending_id });
  assert.deepEqual([await stage.balance(budget_line_id!), await stage.balance(line)], [4_000_00, 2_999_99]);
  const { money } = await show(id);
  assert.deepEqual([money.paid_fen, money.to_fund_fen, money.to_return_fen], [7_000_00, 0, 4_000_00]);
  await act(stage.treasurer, projects.return_rest, { id });
  await act(stage.organisation, projects.report_project, { id, words: '装好了' });
  await act(secretary, projects.decide_report, { id, verdict: 'close', reason: '看过现场' });
});

describe('the list of projects', () => {
  it('shows what an organisation carries out and has agreed to offer, and counts no others', async () => {
    const id = await stage.running();
    const organisation_id = stage.town.organisation;
    const all = await see(visitor, projects.list_projects, {});
    const own = await see(visitor, projects.list_projects, { organisation_id });
    const listed = own.projects.find((one) => one.id === id)!;
    assert.deepEqual(listed.offers, [{ kind: 'service', title: '扶手报修' }]);
    const count = (list: typeof all) => list.counts.reduce((sum, one) => sum + one.count, 0);
    assert.equal(count(all), all.projects.length);
    assert.equal(count(own), own.projects.length);
    assert.ok(count(own) < count(all));
    assert.deepEqual(all.projects.find((one) => one.state === 'chosen')!.offers, []);
    const none = await see(visitor, projects.list_projects, { organisation_id: newId() });
    assert.deepEqual([none.projects, none.counts], [[], []]);
  });
});

describe('an agreement', () => {
  it('is written by who carries it out or the council, within the budget, and signed by both sides', async () => {
    stage.clock.now = at(21);
    const id = stage.waiting.shift()!;
    const { secretary, resident } = stage.town.people;
    const draft = (actor: Actor, more: object = {}) =>
      act(actor, projects.draft_agreement, { id, ...stage.agreement(more) });
    await assert.rejects(draft(resident), refused('not_found'));
    const dear = { milestones: [{ title: 'x', due_on: on(25), tranche_fen: 9_000_01 }] };
    await assert.rejects(draft(stage.organisation, dear), refused('promises_too_much'));
    const past = { milestones: [{ title: 'x', due_on: on(20), tranche_fen: 1 }] };
    await assert.rejects(draft(stage.organisation, past), refused('day_past'));
    await assert.rejects(draft(secretary, { organisation_id: newId() }), refused('organisation_unknown'));
    const council = { id: newId(), kind: 'council', names: { 'zh-CN': '理事会', en: 'Council' }, started_at: at(1) };
    const db = stage.town.environment.database.of(stage.town.community.id);
    await db
      .insertInto('organisations')
      .values({ community_id: stage.town.community.id, ...council })
      .execute();
    await assert.rejects(draft(secretary, { organisation_id: council.id }), refused('organisation_not_delivering'));
    const { agreement_version } = await draft(stage.organisation);
    const sign = (actor: Actor, side: string, version = agreement_version) =>
      act(actor, projects.sign_agreement, { id, agreement_version: version, side });
    await assert.rejects(sign(secretary, 'organisation'), refused('not_found'));
    await assert.rejects(sign(stage.organisation, 'community'), refused('not_found'));
    await sign(stage.organisation, 'organisation');
    await assert.rejects(sign(stage.organisation, 'organisation'), refused('signed_already'));
    const second = await draft(secretary, { words: '改了一句' });
    await assert.rejects(sign(secretary, 'community'), refused('stale'));
    assert.equal((await sign(secretary, 'community', second.agreement_version)).state, 'drafted');
    const both = { ...stage.organisation, roles: [...stage.organisation.roles, ...secretary.roles] };
    await assert.rejects(act(both, projects.stop_project, { id, reason: '自己停自己' }), refused('own_project'));
    assert.equal((await sign(stage.organisation, 'organisation', second.agreement_version)).state, 'running');
  });

  it('signed by both at the same moment begins once', async () => {
    stage.clock.now = at(21);
    const id = stage.waiting.shift()!;
    const { agreement_version } = await act(stage.organisation, projects.draft_agreement, { id, ...stage.agreement() });
    const signing = (actor: Actor, side: string) =>
      act(actor, projects.sign_agreement, { id, agreement_version, side });
    const tries = Array.from({ length: 10 }, (_, i) =>
      i % 2 ? signing(stage.organisation, 'organisation') : signing(stage.town.people.secretary, 'community'),
    );
    const done = (await Promise.allSettled(tries)).filter((one) => one.status === 'fulfilled');
    assert.equal(done.length, 2);
    const one = await show(id);
    assert.equal(one.state, 'running');
    assert.equal(one.steps.filter((step) => step.step === 'begin').length, 1);
  });
});

it('what is closed is a leaf of the log, without the words of people', async () => {
  const { kinds, text } = await stage.leaves();
  assert.ok(kinds.has('project.closed'));
  assert.ok(!text.includes('按提案做'));
});

it('its rows are what its facts say', async () =>
  assert.deepEqual(await findingsOf(stage.town, projects.projectWitness), []));
