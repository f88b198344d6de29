import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import * as funds from '#modules/funds/index.ts';
import { entryOf, LOGGED } from '#modules/log/index.ts';
import type { Actor } from '#platform/actor.ts';
import { system, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { my_notices } from '#platform/notices.ts';
import { ask, type Query } from '#platform/query.ts';
import { bringPhoto, makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { holdRound, makeVoters } from '#tests/held_round.ts';
import { findingsOf } from '#tests/witness.ts';
import * as projects from './index.ts';

const at = (day: number) => new Date(Date.UTC(2026, 2, day, 2));
const on = (day: number) => at(day).toISOString().slice(0, 10);
const PHOTO = 'b'.repeat(64);
let now = at(20);
let town: Neighbourhood;
let voters: Actor[];
let treasurer: Actor;
let organisation: Actor;
let fund: string;
let bank: string;
let waiting: string[];

before(async () => {
  town = await makeNeighbourhood({ clock: () => now });
  voters = await makeVoters(town, 12, at(1));
  organisation = town.people.handler;
  treasurer = { ...town.people.administrator, roles: [{ role: 'treasurer', scope_kind: 'community', scope_id: null }] };
  const names = (name: string) => ({ 'zh-CN': name, en: name });
  bank = (await act(treasurer, funds.open_account, { kind: 'bank', names: names('银行') })).id;
  fund = (await act(treasurer, funds.open_account, { kind: 'fund', names: names('创投') })).id;
  await act(treasurer, funds.record_donation, {
    ...{ kind: 'money', donor_name: '丁一', fund_id: fund, bank_account_id: bank, amount_fen: 90_000_00 },
  });
  const titles = ['扶手', '课堂', '花园', '耳机', '送餐', '书架', '公告栏', '灯', '地垫'];
  const round = await holdRound(
    town,
    voters,
    titles.map((title) => [title, 9_000] as const),
    at(20),
  );
  waiting = round.project_ids;
  await bringPhoto(town, PHOTO, organisation);
});
after(() => town.close());

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
  perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
  ask(town.environment, { actor, community: town.community, via: 'test' }, query, input);
const refused = (code: string) => (error: { code?: string }) => error.code === code;
const show = (id: string) => see(visitor, projects.show_project, { id });

const agreement = (more: object = {}) => ({
  organisation_id: town.organisation,
  words: '按提案做，做完教会楼组长维护。',
  offers: [{ kind: 'service', title: '扶手报修' }],
  questions: [{ 'zh-CN': '上下楼更稳了吗', en: 'Are the stairs safer' }],
  milestones: [
    { title: '装好一单元', due_on: on(25), tranche_fen: 3_000_00 },
    { title: '装好其余', due_on: on(30), tranche_fen: 4_000_00 },
  ],
  ...more,
});

/** A project that runs, with its money set aside. */
async function running(more: object = {}, funded = true): Promise<string> {
  now = at(21);
  const id = waiting.shift()!;
  const { agreement_version } = await act(organisation, projects.draft_agreement, { id, ...agreement(more) });
  await act(organisation, projects.sign_agreement, { id, agreement_version, side: 'organisation' });
  await act(town.people.secretary, projects.sign_agreement, { id, agreement_version, side: 'community' });
  const purse = { id, fund_account_id: fund, bank_account_id: bank, category: 'elders' };
  if (funded) await act(treasurer, projects.fund_project, purse);
  return id;
}

async function reach(milestone_id: string) {
  await act(organisation, projects.submit_evidence, { milestone_id, words: '装好了', file_hashes: [PHOTO] });
  await act(town.people.secretary, projects.decide_milestone, { milestone_id, verdict: 'accept', reason: '看过了' });
}

const balance = async (account_id: string) => {
  const { closing_fen } = await see(treasurer, funds.show_statement, { account_id });
  return closing_fen;
};

describe('what won a vote', () => {
  it('becomes a project at the cost that was vetted, linked to its proposal, once', async () => {
    const id = waiting.at(-1)!;
    const one = await show(id);
    assert.equal(one.state, 'chosen');
    assert.equal(one.budget_fen, 9_000_00);
    assert.equal(one.proposal.title, '地垫');
    const found = await see(visitor, projects.find_project_of, { proposal_id: one.proposal_id });
    assert.deepEqual(found, { id, state: 'chosen' });
    const { ids } = await act(town.people.secretary, projects.begin_projects, { number: 1 });
    assert.deepEqual(ids, [], 'nothing becomes a project twice');
  });

  it('goes from agreement to closing, and every fen is in the ledger', async () => {
    const id = await running();
    const { secretary } = town.people;
    const before = await balance(fund);
    let one = await show(id);
    assert.equal(one.state, 'running');
    assert.equal(one.money.left_fen, 7_000_00);
    const [first, second] = one.milestones.map((each) => each.id) as [string, string];
    await reach(first);
    const asked = await act(organisation, projects.ask_tranche, { milestone_id: first, file_hashes: [PHOTO] });
    const again = act(organisation, projects.ask_tranche, { milestone_id: first, file_hashes: [PHOTO] });
    await assert.rejects(again, refused('tranche_waiting'));
    const told = await see(secretary, my_notices, {});
    assert.equal(told.find((notice) => notice.subject_id === asked.spending_id)?.template, 'spending_waits');
    await assert.rejects(act(organisation, funds.approve_spending, { id: asked.spending_id }), refused('not_found'));
    await act(secretary, funds.approve_spending, { id: asked.spending_id });
    one = await show(id);
    assert.deepEqual(
      one.milestones.map((each) => each.tranche.state),
      ['paid', 'none'],
    );
    await assert.rejects(
      act(organisation, projects.report_project, { id, words: '好了' }),
      refused('milestones_undecided'),
    );
    const change = { milestone_id: second, change: { dropped: true }, reason: '三单元自己装了' };
    const { id: change_id } = await act(organisation, projects.ask_change, change);
    await act(secretary, projects.decide_change, { id: change_id, verdict: 'approve', reason: '省下来' });
    await assert.rejects(act(organisation, projects.report_project, { id, words: '好了' }), refused('money_unsettled'));
    const { to_fund_fen, to_return_fen } = (await show(id)).money;
    assert.deepEqual([to_fund_fen, to_return_fen], [0, 4_000_00]);
    assert.deepEqual(await act(treasurer, projects.return_rest, { id }), { id, amount_fen: 4_000_00 });
    assert.equal(await balance(fund), before + 4_000_00);
    await act(organisation, projects.report_project, { id, words: '装了一个单元，扶手牢。' });
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

describe('an agreement', () => {
  it('is written by who carries it out or the council, within the budget, and signed by both sides', async () => {
    now = at(21);
    const id = waiting.shift()!;
    const { secretary, resident } = town.people;
    const draft = (actor: Actor, more: object = {}) => act(actor, projects.draft_agreement, { id, ...agreement(more) });
    await assert.rejects(draft(resident), refused('not_found'));
    const dear = { milestones: [{ title: 'x', due_on: on(25), tranche_fen: 9_000_01 }] };
    await assert.rejects(draft(organisation, dear), refused('promises_too_much'));
    const past = { milestones: [{ title: 'x', due_on: on(20), tranche_fen: 1 }] };
    await assert.rejects(draft(organisation, past), refused('day_past'));
    await assert.rejects(draft(secretary, { organisation_id: newId() }), refused('organisation_unknown'));
    const council = { id: newId(), kind: 'council', names: { 'zh-CN': '理事会', en: 'Council' }, started_at: at(1) };
    const db = town.environment.database.of(town.community.id);
    await db
      .insertInto('organisations')
      .values({ community_id: town.community.id, ...council })
      .execute();
    await assert.rejects(draft(secretary, { organisation_id: council.id }), refused('organisation_not_delivering'));
    const { agreement_version } = await draft(organisation);
    const sign = (actor: Actor, side: string, version = agreement_version) =>
      act(actor, projects.sign_agreement, { id, agreement_version: version, side });
    await assert.rejects(sign(secretary, 'organisation'), refused('not_found'));
    await assert.rejects(sign(organisation, 'community'), refused('not_found'));
    await sign(organisation, 'organisation');
    await assert.rejects(sign(organisation, 'organisation'), refused('signed_already'));
    const second = await draft(secretary, { words: '改了一句' });
    await assert.rejects(sign(secretary, 'community'), refused('stale'));
    assert.equal((await sign(secretary, 'community', second.agreement_version)).state, 'drafted');
    const both = { ...organisation, roles: [...organisation.roles, ...secretary.roles] };
    await assert.rejects(act(both, projects.stop_project, { id, reason: '自己停自己' }), refused('own_project'));
    assert.equal((await sign(organisation, 'organisation', second.agreement_version)).state, 'running');
  });

  it('signed by both at the same moment begins once', async () => {
    now = at(21);
    const id = waiting.shift()!;
    const { agreement_version } = await act(organisation, projects.draft_agreement, { id, ...agreement() });
    const signing = (actor: Actor, side: string) =>
      act(actor, projects.sign_agreement, { id, agreement_version, side });
    const tries = Array.from({ length: 10 }, (_, i) =>
      i % 2 ? signing(organisation, 'organisation') : signing(town.people.secretary, 'community'),
    );
    const done = (await Promise.allSettled(tries)).filter((one) => one.status === 'fulfilled');
    assert.equal(done.length, 2);
    const one = await show(id);
    assert.equal(one.state, 'running');
    assert.equal(one.steps.filter((step) => step.step === 'begin').length, 1);
  });
});

describe('a milestone', () => {
  it('needs photos for money, is given back with reasons, and is paid once however often it is asked for', async () => {
    const id = await running();
    const [first] = (await show(id)).milestones;
    const milestone_id = first!.id;
    const bare = { milestone_id, words: '好了' };
    await assert.rejects(act(organisation, projects.submit_evidence, bare), refused('evidence_needed'));
    const foreign = { ...bare, file_hashes: ['c'.repeat(64)] };
    await assert.rejects(act(organisation, projects.submit_evidence, foreign), refused('photo_unknown'));
    await act(organisation, projects.submit_evidence, { ...bare, file_hashes: [PHOTO] });
    assert.equal(await see(visitor, projects.may_see_evidence, { hash: PHOTO }), true);
    const verdict = { milestone_id, verdict: 'return', reason: '少了二楼' };
    await assert.rejects(act(organisation, projects.decide_milestone, verdict), refused('not_found'));
    await act(town.people.secretary, projects.decide_milestone, verdict);
    const early = act(organisation, projects.ask_tranche, { milestone_id, file_hashes: [PHOTO] });
    await assert.rejects(early, refused('tranche_none'));
    await reach(milestone_id);
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => act(organisation, projects.ask_tranche, { milestone_id, file_hashes: [PHOTO] })),
    );
    assert.equal(tries.filter((one) => one.status === 'fulfilled').length, 1);
    const { spending_id } = (await show(id)).milestones[0]!;
    await act(treasurer, funds.refuse_spending, { id: spending_id, reason: '发票看不清' });
    assert.equal((await show(id)).milestones[0]!.tranche.refused_reason, '发票看不清');
    await act(organisation, projects.ask_tranche, { milestone_id, file_hashes: [PHOTO] });
  });

  it('changes only when that is approved, and what stood is kept', async () => {
    const id = await running();
    const { secretary } = town.people;
    const [first] = (await show(id)).milestones;
    const change = (what: object) =>
      act(organisation, projects.ask_change, { milestone_id: first!.id, change: what, reason: '下雨' });
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
    const purse = { id, fund_account_id: fund, bank_account_id: bank, category: 'elders' };
    assert.equal((await show(id)).money.to_fund_fen, 2_000_00);
    assert.equal((await act(treasurer, projects.fund_project, purse)).amount_fen, 2_000_00);
    await assert.rejects(act(treasurer, projects.fund_project, purse), refused('funded_already'));
  });

  it('keeps its project open while a change of it waits, also when it is accepted', async () => {
    const id = await running({ milestones: [{ title: '一次', due_on: on(25), tranche_fen: 0 }] }, false);
    const milestone_id = (await show(id)).milestones[0]!.id;
    const change = { milestone_id, change: { title: '两次' }, reason: '说清楚' };
    const asked = await act(organisation, projects.ask_change, change);
    await reach(milestone_id);
    assert.equal((await show(id)).objection, 'changes_waiting');
    const report = () => act(organisation, projects.report_project, { id, words: '好了' });
    await assert.rejects(report(), refused('changes_waiting'));
    const verdict = { id: asked.id, verdict: 'refuse', reason: '已经做完了' };
    await act(town.people.secretary, projects.decide_change, verdict);
    assert.equal((await show(id)).objection, null);
    await report();
  });

  it('that is near or late is said so once, to whoever signed', async () => {
    const id = await running();
    const { environment, community } = town;
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
      ).map((one) => `${one.template} ${one.person_id === organisation.id ? 'organisation' : 'community'}`);
    now = at(23);
    await projects.watchMilestones(environment, community);
    assert.deepEqual(await told(), ['project_milestone_near organisation']);
    now = at(26);
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
    const id = await running();
    const { secretary } = town.people;
    const risk = await act(organisation, projects.open_risk, { id, risk: '墙太薄', response: '换化学锚栓' });
    await act(secretary, projects.close_risk, { risk_id: risk.id, reason: '换好了' });
    await assert.rejects(
      act(secretary, projects.close_risk, { risk_id: risk.id, reason: '再关' }),
      refused('risk_closed'),
    );
    await act(secretary, projects.stop_project, { id, reason: '楼要拆了' });
    assert.equal((await act(treasurer, projects.return_rest, { id })).amount_fen, 7_000_00);
    await assert.rejects(act(treasurer, projects.return_rest, { id }), refused('nothing_left_over'));
  });
});

it('what is agreed, decided and closed is a leaf of the log, without the words of people', async () => {
  const { database } = town.environment;
  const rows = await database
    .of(town.community.id)
    .selectFrom('events')
    .selectAll()
    .where('subject_kind', '=', 'project')
    .execute();
  const leaves = rows.filter((row) => new RegExp(LOGGED).test(row.kind));
  const kinds = new Set(leaves.map((row) => row.kind));
  const steps = ['chosen', 'agreement_drafted', 'agreement_signed', 'begun', 'funded', 'milestone_shown'];
  for (const step of [
    ...steps,
    'milestone_accepted',
    'tranche_asked',
    'change_approved',
    'reported',
    'closed',
    'stopped',
  ])
    assert.ok(kinds.has(`project.${step}`), step);
  const entries = leaves.map((row) => entryOf(row as never)).join();
  for (const words of ['按提案做', '装好了', '看过了', '下雨', '两次', '墙太薄'])
    assert.ok(!entries.includes(words), words);
});

describe('those it serves', () => {
  it('answer once each, verified or named at a visit; what anybody answered is kept nowhere', async () => {
    const id = await running();
    const answer = (actor: Actor, score: number) =>
      act(actor, projects.answer_outcome, { id, nonce: newId(), scores: [score] });
    await assert.rejects(answer(town.people.neighbour, 5), refused('not_served'));
    await assert.rejects(answer(organisation, 5), refused('own_project'));
    await assert.rejects(answer(visitor, 5), refused('not_found'));
    await assert.rejects(
      act(voters[0]!, projects.answer_outcome, { id, nonce: newId(), scores: [] }),
      refused('answer_missing'),
    );
    const name = { id, person_id: town.people.neighbour.id };
    await assert.rejects(act(voters[0]!, projects.name_beneficiary, name), refused('not_found'));
    await assert.rejects(act(organisation, projects.name_beneficiary, name), refused('not_found'));
    await act(town.people.east_worker, projects.name_beneficiary, name);
    await answer(town.people.neighbour, 5);
    const helped = { ...town.people.desk, on_behalf_of_id: voters[0]!.id };
    await answer(helped, 4);
    const relative = { ...voters[1]!, on_behalf_of_id: voters[2]!.id };
    await assert.rejects(answer(relative, 4), refused('answer_yourself'));
    const tries = await Promise.allSettled(voters.flatMap((who) => [answer(who, 5), answer(who, 1), answer(who, 3)]));
    assert.equal(tries.filter((one) => one.status === 'fulfilled').length, voters.length - 1);
    assert.deepEqual(await see(system, wrong, {}), []);
    assert.equal((await show(id)).outcome.answers, null, 'nobody watches answers come in');
    await act(town.people.secretary, projects.stop_project, { id, reason: '够了' });
    const [shown] = (await show(id)).outcome.answers!;
    assert.equal(shown!.answers, voters.length + 1);
    await assert.rejects(answer(voters[3]!, 5), refused('project_step_impossible'));
  });
});

const wrong: Query<object, object[]> = {
  ...{ name: 'test.wrong_rolls', reads: 'nobody', input: z.object({}) },
  run: (ctx) => projects.wrongRolls(ctx),
};

it('its rows are what its facts say', async () =>
  assert.deepEqual(await findingsOf(town, projects.projectWitness), []));
