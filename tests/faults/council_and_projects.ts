import * as council from '#modules/council/index.ts';
import * as funds from '#modules/funds/index.ts';
import * as projects from '#modules/projects/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { randomCode } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import { type Council, makeCouncil } from '#tests/council.ts';
import { bringPhoto, type Neighbourhood } from '#tests/factories.ts';
import { holdRound, makeVoters, voteInRound } from '#tests/held_round.ts';

const both = (text: string) => ({ 'zh-CN': text, en: `The ${text}` });

/** A meeting of the council in which everything happened once: motions of every end, an amendment, a secret vote, minutes. */
export async function decideInCouncil(town: Neighbourhood): Promise<void> {
  const body = await makeCouncil(town, 3);
  const { act, secretary, chair, members } = body;
  const [first, second, third] = members as [Actor, Actor, Actor];
  for (const notice_days of [2, 1])
    await act(town.people.secretary, council.write_council_rules, {
      ...{ organisation_id: body.id, expected_version: 2 - notice_days },
      rules: { ...council.FIRST_RULES, notice_days },
    });
  const of = await body.open();
  const shed = await body.motion(of);
  const amended = { motion_id: shed, title: '多些', text: '建三十个位子。' };
  const { id: amendment } = await act(third, council.move_amendment, amended);
  await act(second, council.second_motion, { id: amendment });
  await body.vote(amendment, 'yyyna');
  await body.vote(shed, 'yyyyn');
  await body.vote(await body.motion(of, { title: '收停车费' }), 'nnyna');
  const back = await body.motion(of, { title: '换门' });
  await act(third, council.move_amendment, { ...amended, motion_id: back });
  await act(first, council.withdraw_motion, { id: back });
  const out = await body.motion(of, { title: '换天' });
  const ruling = { meeting_id: of.meeting_id, motion_id: out, rules_out: true, texts: both('不归我们管') };
  await act(chair, council.make_ruling, ruling);
  const secret = await body.motion(of, { title: '选代表', ballot: 'secret' });
  const { id: vote_event_id } = await act(secretary, council.open_vote, { motion_id: secret });
  for (const [i, who] of body.everybody.entries()) {
    const vote = { vote_event_id, option: i < 3 ? 'yes' : 'no', receipt_code: randomCode(16) };
    await act(who, council.cast_secret_vote, vote);
  }
  await act(secretary, council.close_vote, { id: vote_event_id });
  for (const [motion_id, owner] of [
    [shed, { organisation_id: town.organisation }],
    [secret, { post_id: body.posts.chair }],
  ])
    await act(secretary, council.adopt_resolution, {
      ...{ motion_id, owner, titles: both('建充电棚'), texts: both('六月底前建好。'), due_on: '2026-06-30' },
      category: 'repairs',
    });
  await talkAbout(body, of);
  await act(secretary, council.close_meeting, { id: of.meeting_id });
  await act(chair, council.adopt_minutes, { id: of.meeting_id });
  await act(secretary, council.publish_minutes, { id: of.meeting_id });
  await voteOn(body, await body.motion(await body.open(), { title: '选会长', ballot: 'secret' }));
}

/** What else happens around a meeting: an agenda that changes, papers, an interest, somebody who goes and comes back, one that is cancelled. */
async function talkAbout(
  { act, secretary, members, ...body }: Council,
  { meeting_id, item_id }: { meeting_id: string; item_id: string },
) {
  const { id: added } = await act(secretary, council.add_agenda_item, { meeting_id, titles: both('停车') });
  await act(secretary, council.raise_agenda_item, { meeting_id, id: added });
  const { id: dropped } = await act(secretary, council.add_agenda_item, { meeting_id, titles: both('花坛') });
  await act(secretary, council.drop_agenda_item, { meeting_id, id: dropped, reason: '下次再谈' });
  const paper = { meeting_id, agenda_item_id: item_id, title: '报价', text: '两家的报价。' };
  await act(secretary, council.attach_paper, paper);
  const { id: withdrawn } = await act(secretary, council.attach_paper, { ...paper, agenda_item_id: undefined });
  await act(secretary, council.withdraw_paper, { meeting_id, id: withdrawn });
  const interest = { meeting_id, agenda_item_id: added, reason: '我家在旁边。' };
  await act(members[0]!, council.declare_interest, interest);
  const attendance = { meeting_id, person_id: members[1]!.id };
  for (const is_present of [false, true])
    await act(secretary, council.record_attendance, { ...attendance, is_present });
  const other = await body.call();
  await act(secretary, council.cancel_meeting, { id: other.meeting_id, reason: '停电' });
}

/** A secret vote that is not closed. */
async function voteOn({ act, secretary, everybody }: Council, motion_id: string): Promise<void> {
  const { id: vote_event_id } = await act(secretary, council.open_vote, { motion_id });
  for (const who of everybody.slice(0, 3))
    await act(who, council.cast_secret_vote, { vote_event_id, option: 'yes', receipt_code: randomCode(16) });
}

/** A round that is voted in: ballots online, one of them changed, papers that were read once, twice and differently. */
async function vote(town: Neighbourhood, voters: Actor[], now: Date): Promise<void> {
  const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
    perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
  const ends = new Date(now.getTime() + 1.5 * 86_400_000);
  const { id: round_id } = await voteInRound(town, voters.slice(0, 2), [['长椅', 900] as const], ends);
  const { desk, secretary, administrator } = town.people;
  const receipt_code = randomCode(16);
  await act(voters[2]!, projects.cast_ballot, { round_id, receipt_code, proposals: [1] });
  for (let i = 0; i < 2; i++) await act(voters[2]!, projects.change_ballot, { round_id, receipt_code, proposals: [1] });
  for (const { id: person_id } of voters.slice(3, 5))
    await act(desk, projects.give_paper_ballot, { round_id, person_id });
  const counted = { round_id, receipt_code: randomCode(16), proposals: [1] };
  for (const who of [desk, secretary]) await act(who, projects.type_paper_ballot, counted);
  await act(administrator, projects.type_paper_ballot, { ...counted, receipt_code: randomCode(16) });
}

/** A round that was counted, a project that was carried out, paid for, answered about and closed, and one that runs. */
export async function deliverProjects(town: Neighbourhood, treasurer: Actor, purse: object): Promise<void> {
  const { handler: organisation, secretary } = town.people;
  const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
    perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
  const now = town.environment.clock();
  const voters = await makeVoters(town, 6, new Date(now.getTime() - 90 * 86_400_000));
  await vote(town, voters, now);
  const { project_ids } = await holdRound(town, voters, [['扶手', 900] as const, ['课堂', 900] as const], now);
  const photo = 'b'.repeat(64);
  await bringPhoto(town, photo, organisation);
  const begin = async (id: string): Promise<[string, string]> => {
    const promised = {
      words: '做完教会楼组长维护。',
      organisation_id: town.organisation,
      questions: [both('更稳了吗')],
    };
    const milestones = ['一单元', '其余'].map((title) => ({ title, due_on: '2026-04-01', tranche_fen: 300_00 }));
    const { agreement_version } = await act(organisation, projects.draft_agreement, { id, ...promised, milestones });
    await act(organisation, projects.sign_agreement, { id, agreement_version, side: 'organisation' });
    await act(secretary, projects.sign_agreement, { id, agreement_version, side: 'community' });
    await act(treasurer, projects.fund_project, { id, category: 'elders', ...purse });
    const rows = await town.environment.database
      .of(town.community.id)
      .selectFrom('project_milestones')
      .select('id')
      .where('project_id', '=', id)
      .orderBy('position')
      .execute();
    return rows.map((row) => row.id) as [string, string];
  };
  const change = async (milestone_id: string, to: object, verdict?: 'approve' | 'refuse') => {
    const { id } = await act(organisation, projects.ask_change, { milestone_id, change: to, reason: '下雨' });
    if (verdict) await act(secretary, projects.decide_change, { id, verdict, reason: '看过了' });
  };
  const show = (milestone_id: string) =>
    act(organisation, projects.submit_evidence, { milestone_id, words: '装好了', file_hashes: [photo] });
  const decide = (milestone_id: string, verdict: 'accept' | 'return') =>
    act(secretary, projects.decide_milestone, { milestone_id, verdict, reason: '看过了' });

  const [id, other] = project_ids as [string, string];
  const [one, rest] = await begin(id);
  await change(one, { title: '一单元和二单元' }, 'approve');
  await change(one, { due_on: '2026-05-01' }, 'approve');
  await change(one, { tranche_fen: 200_00 }, 'refuse');
  await change(rest, { dropped: true }, 'approve');
  await show(one);
  await decide(one, 'return');
  await show(one);
  await decide(one, 'accept');
  const asked = await act(organisation, projects.ask_tranche, { milestone_id: one, file_hashes: [photo] });
  await act(treasurer, funds.approve_spending, { id: asked.spending_id });
  for (const [i, voter] of voters.entries())
    await act(voter, projects.answer_outcome, { id, nonce: newId(), scores: [i < 4 ? 5 : 4] });
  await act(treasurer, projects.return_rest, { id });
  await act(organisation, projects.report_project, { id, words: '扶手牢。' });
  await act(secretary, projects.decide_report, { id, verdict: 'close', reason: '看过现场' });

  const [waiting] = await begin(other);
  await act(town.people.desk, projects.name_beneficiary, { id: other, person_id: town.people.neighbour.id });
  const risk = { id: other, risk: '雨季长', response: '先做楼里的' };
  const { id: risk_id } = await act(secretary, projects.open_risk, risk);
  await act(secretary, projects.close_risk, { risk_id, reason: '天晴了' });
  await act(secretary, projects.open_risk, risk);
  await change(waiting, { tranche_fen: 100_00 });
}
