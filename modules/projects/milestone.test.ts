import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as funds from '#modules/funds/index.ts';
import { visitor } from '#platform/actor.ts';
import { at, type Delivery, makeDelivery, on, PHOTO, refused } from '#tests/delivery.ts';
import { findingsOf } from '#tests/witness.ts';
import * as projects from './index.ts';

let stage: Delivery;
before(async () => {
  stage = await makeDelivery(['扶手', '课堂', '花园', '耳机', '送餐']);
});
after(() => stage.town.close());

const act: Delivery['act'] = (...more) => stage.act(...more);
const see: Delivery['see'] = (...more) => stage.see(...more);
const show: Delivery['show'] = (id) => stage.show(id);

describe('a milestone', () => {
  it('needs photos for money, is given back with reasons, and is paid once however often it is asked for', async () => {
    const id = await stage.running();
    const [first] = (await show(id)).milestones;
    const milestone_id = first!.id;
    const bare = { milestone_id, words: '好了' };
    await assert.rejects(act(stage.organisation, projects.submit_evidence, bare), refused('evidence_needed'));
    const foreign = { ...bare, file_hashes: ['c'.repeat(64)] };
    await assert.rejects(act(stage.organisation, projects.submit_evidence, foreign), refused('photo_unknown'));
    await act(stage.organisation, projects.submit_evidence, { ...bare, file_hashes: [PHOTO] });
    assert.equal(await see(visitor, projects.may_see_evidence, { hash: PHOTO }), true);
    const verdict = { milestone_id, verdict: 'return', reason: '少了二楼' };
    await assert.rejects(act(stage.organisation, projects.decide_milestone, verdict), refused('not_found'));
    await act(stage.town.people.secretary, projects.decide_milestone, verdict);
    const early = act(stage.organisation, projects.ask_tranche, { milestone_id, file_hashes: [PHOTO] });
    await assert.rejects(early, refused('tranche_none'));
    await stage.reach(milestone_id);
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        act(stage.organisation, projects.ask_tranche, { milestone_id, file_hashes: [PHOTO] }),
      ),
    );
    assert.equal(tries.filter((one) => one.status === 'fulfilled').length, 1);
    const { spending_id } = (await show(id)).milestones[0]!;
    await act(stage.treasurer, funds.refuse_spending, { id: spending_id, reason: '发票看不清' });
    assert.equal((await show(id)).milestones[0]!.tranche.refused_reason, '发票看不清');
    await act(stage.organisation, projects.ask_tranche, { milestone_id, file_hashes: [PHOTO] });
  });

  it('changes only when that is approved, and what stood is kept', async () => {
    const id = await stage.running();
    const { secretary } = stage.town.people;
    const [first] = (await show(id)).milestones;
    const change = (what: object) =>
      act(stage.organisation, projects.ask_change, { milestone_id: first!.id, change: what, reason: '下雨' });
    await assert.rejects(change({ tranche_fen: 5_000_01 }), refused('promises_too_much'));
    await assert.rejects(change({ due_on: on(20) }), refused('day_past'));
    await assert.rejects(change({ due_on: on(28), title: '两样' }), refused('invalid_input'));
    const { id: change_id } = await change({ due_on: on(28) });
    await assert.rejects(change({ due_on: on(29) }), refused('there_already'));
    assert.equal((await show(id)).milestones[0]!.due_on, on(25));
    const decide = (verdict: string) =>
      act(secretary, projects.decide_change, { id: change_id, verdict, reason: '行' });
    await decide('approve');
    await assert.rejects(decide('refuse'), refused('change_decided'));
    const one = await show(id);
    assert.equal(one.milestones[0]!.due_on, on(28));
    assert.deepEqual(one.changes[0]!.before, { due_on: on(25) });
    const more = await change({ tranche_fen: 5_000_00 });
    await act(secretary, projects.decide_change, { id: more.id, verdict: 'approve', reason: '涨价了' });
    const purse = { id, fund_account_id: stage.fund, bank_account_id: stage.bank, category: 'elders' };
    const { to_fund_fen, pays_nothing } = (await show(id)).money;
    assert.deepEqual([to_fund_fen, pays_nothing], [2_000_00, false]);
    assert.equal((await act(stage.treasurer, projects.fund_project, purse)).amount_fen, 2_000_00);
    await assert.rejects(act(stage.treasurer, projects.fund_project, purse), refused('funded_already'));
  });

  it('keeps its project open while a change of it waits, also when it is accepted', async () => {
    const id = await stage.running({ milestones: [{ title: '一次', due_on: on(25), tranche_fen: 0 }] }, false);
    const { milestones, money } = await show(id);
    assert.equal(money.pays_nothing, true);
    const milestone_id = milestones[0]!.id;
    const change = { milestone_id, change: { title: '两次' }, reason: '说清楚' };
    const asked = await act(stage.organisation, projects.ask_change, change);
    await stage.reach(milestone_id);
    assert.equal((await show(id)).objection, 'changes_waiting');
    const report = () => act(stage.organisation, projects.report_project, { id, words: '好了' });
    await assert.rejects(report(), refused('changes_waiting'));
    const verdict = { id: asked.id, verdict: 'refuse', reason: '已经做完了' };
    await act(stage.town.people.secretary, projects.decide_change, verdict);
    assert.equal((await show(id)).objection, null);
    await report();
  });

  it('that is near or late is said so once, to whoever signed', async () => {
    const id = await stage.running();
    const { environment, community } = stage.town;
    const told = async () =>
      (
        await environment.database
          .of(community.id)
          .selectFrom('notices')
          .select(['template', 'person_id'])
          .where('community_id', '=', community.id)
          .where('subject_id', '=', id)
          .orderBy('id')
          .execute()
      ).map((one) => `${one.template} ${one.person_id === stage.organisation.id ? 'organisation' : 'community'}`);
    stage.clock.now = at(23);
    await projects.watchMilestones(environment, community);
    assert.deepEqual(await told(), ['project_milestone_near organisation']);
    stage.clock.now = at(26);
    await projects.watchMilestones(environment, community);
    await projects.watchMilestones(environment, community);
    assert.deepEqual((await told()).sort(), [
      'project_milestone_late community',
      'project_milestone_late organisation',
      'project_milestone_near organisation',
    ]);
    assert.equal((await show(id)).milestones[0]!.due, 2);
  });

  it('has risks, opened and closed with reasons; a stopped project gives its money back', async () => {
    const id = await stage.running();
    const { secretary } = stage.town.people;
    const risk = await act(stage.organisation, projects.open_risk, { id, risk: '墙太薄', response: '换化学锚栓' });
    await act(secretary, projects.close_risk, { risk_id: risk.id, reason: '换好了' });
    await assert.rejects(
      act(secretary, projects.close_risk, { risk_id: risk.id, reason: '再关' }),
      refused('risk_closed'),
    );
    await act(secretary, projects.stop_project, { id, reason: '楼要拆了' });
    assert.equal((await act(stage.treasurer, projects.return_rest, { id })).amount_fen, 7_000_00);
    await assert.rejects(act(stage.treasurer, projects.return_rest, { id }), refused('nothing_left_over'));
  });
});

it('what is agreed and decided is a leaf of the log, without the words of people', async () => {
  const { kinds, text } = await stage.leaves();
  const steps = ['chosen', 'agreement_drafted', 'agreement_signed', 'begun', 'funded', 'milestone_shown'];
  for (const step of [...steps, 'milestone_accepted', 'tranche_asked', 'change_approved', 'reported', 'stopped'])
    assert.ok(kinds.has(`project.${step}`), step);
  for (const words of ['按提案做', '装好了', '看过了', '下雨', '两次', '墙太薄'])
    assert.ok(!text.includes(words), words);
});

it('its rows are what its facts say', async () =>
  assert.deepEqual(await findingsOf(stage.town, projects.projectWitness), []));
