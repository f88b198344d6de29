import { storePhoto } from '#faces/server/photos.ts';
import { approve_spending } from '#modules/funds/index.ts';
import * as projects from '#modules/projects/index.ts';
import type { Actor } from '#platform/actor.ts';
import { idFrom } from '#platform/ids.ts';
import { ask } from '#platform/query.ts';
import { Refusal } from '#platform/refusal.ts';
import { CATEGORIES } from './categories.ts';
import type { Purse } from './funds.ts';
import type { Venture } from './venture.ts';
import {
  CHANGE,
  CHANGE_APPROVED,
  DONE,
  LOOKED_AT,
  QUESTIONS,
  REPORT,
  RISK,
  STOPPED,
  taskOf,
} from './venture_delivery_texts.ts';
import { evidencePicture, invoicePicture } from './venture_pictures.ts';
import { IDEAS } from './venture_texts.ts';

const DAY = 86_400_000;
/** What the money of a kind of project is booked as. */
const USES: Record<string, string> = {
  ...{ elders: 'elders', children: 'children', stairwells: 'repairs' },
  ...{ greenery: 'environment', neighbours: 'culture' },
};

const PRIVATE_NEEDS = CATEGORIES.filter(([, , , , , is_private]) => is_private).map(([code]) => code);

type Chosen = { id: string; title: string; category: string; budget_fen: number; organisation_id: string; lead: Actor };
type Delivery = Venture & {
  purse: Purse;
  at(days: number, hour?: number): number;
};

/**
 * What became of those that the last vote chose, in every state: one closed with all it went through, one reported, some
 * running (one is late, one has shown its work, one asks for a change), one that waits for a signature, one that nobody has
 * taken on yet. Money moves within the last weeks, for earlier months are closed.
 */
export async function deliverProjects(venture: Venture, purse: Purse, round_id: string): Promise<void> {
  const at = (days: number, hour = 10) => venture.today + days * DAY + hour * 3_600_000;
  const delivery: Delivery = { ...venture, purse, at };
  const chosen = await chosenIn(delivery, round_id);
  const [closed, reported, late, shown, changing, drafted, stopped, ...rest] = chosen;
  if (closed) await close(delivery, closed);
  if (reported) await report(delivery, reported);
  if (late) await begin(delivery, late, { from: -40, due: [-3, 20] });
  if (shown) await show(delivery, shown);
  if (changing) await change(delivery, changing);
  if (drafted) await draft(delivery, drafted, -6, [25, 50]);
  if (stopped) {
    await begin(delivery, stopped, { from: -70, due: [10, 30] });
    await venture.act(venture.secretary, at(-20), projects.stop_project, { id: stopped.id, reason: STOPPED });
  }
  // The last is nobody's yet; at full size most of the others run, and some agreements wait.
  for (const [i, one] of rest.slice(0, -1).entries()) {
    if (i % 7 === 6) continue;
    if (i % 7 === 5) await draft(delivery, one, -8, [25, 55]);
    else await begin(delivery, one, { from: -60, due: [8 + (i % 20), 40 + (i % 30)] });
  }
  await projects.watchMilestones(venture.environment, venture.community);
}

/** The projects of a round in the order they were chosen, each with the organisation that takes it on. */
async function chosenIn(delivery: Delivery, round_id: string): Promise<Chosen[]> {
  const { environment, community, secretary, groups, chance } = delivery;
  const caller = { actor: secretary, community, via: 'command_line' };
  const found: Chosen[] = [];
  const leads = [...groups.leads];
  let before: string | undefined;
  do {
    const page = await ask(environment, caller, projects.list_projects, { round_id, before, limit: 100 });
    for (const { id, title, category, budget_fen } of page.projects) {
      const { proposal } = await ask(environment, caller, projects.show_project, { id });
      const own = leads.find(([organisation_id]) => organisation_id === proposal.organisation_id);
      const [organisation_id, person_id] = own ?? leads[chance.below(leads.length)]!;
      const lead: Actor = { kind: 'person', id: person_id, roles: [] };
      found.push({ id, title, category, budget_fen, organisation_id, lead });
    }
    before = page.next ?? undefined;
  } while (before);
  // Those that grew from needs everybody may read come first, for theirs is the story that is told from the knock on.
  const isPrivate = ({ title }: Chosen) =>
    PRIVATE_NEEDS.includes(IDEAS.find((idea) => title.endsWith(idea.title))?.needs ?? '');
  return found.sort(
    (a, b) =>
      Number(isPrivate(a)) - Number(isPrivate(b)) || a.budget_fen - b.budget_fen || (a.title < b.title ? -1 : 1),
  );
}

async function draft({ act, at, today }: Delivery, one: Chosen, from: number, due: readonly number[]): Promise<number> {
  const task = taskOf(one.category);
  const on = (days: number) => new Date(today + days * DAY + 12 * 3_600_000).toISOString().slice(0, 10);
  const part = Math.floor(one.budget_fen / due.length / 100) * 100;
  const { agreement_version } = await act(one.lead, at(from), projects.draft_agreement, {
    ...{
      id: one.id,
      organisation_id: one.organisation_id,
      words: task.words,
      offers: task.offers,
      questions: QUESTIONS,
    },
    milestones: due.map((day, i) => ({ title: task.milestones[i]!, due_on: on(day), tranche_fen: part })),
  });
  const sign = { id: one.id, agreement_version, side: 'organisation' };
  await act(one.lead, at(from + 1), projects.sign_agreement, sign);
  return agreement_version;
}

async function begin(delivery: Delivery, one: Chosen, { from, due }: { from: number; due: number[] }) {
  const { act, at, secretary } = delivery;
  const agreement_version = await draft(delivery, one, from, due);
  await act(secretary, at(from + 2), projects.sign_agreement, { id: one.id, agreement_version, side: 'community' });
}

/** Sets its money aside; false when the fund has too little, which the treasurer then sees on the page. */
async function fund({ act, at, purse }: Delivery, one: Chosen, day: number): Promise<boolean> {
  const wanted = { id: one.id, fund_account_id: purse.venture_fund_id, bank_account_id: purse.bank_account_id };
  try {
    await act(purse.treasurer, at(day), projects.fund_project, { ...wanted, category: USES[one.category] ?? 'other' });
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'balance_exceeded') return false;
    throw error;
  }
}

const milestonesOf = async ({ environment, community, secretary }: Delivery, id: string) =>
  (await ask(environment, { actor: secretary, community, via: 'command_line' }, projects.show_project, { id }))
    .milestones;

async function showMilestone(delivery: Delivery, one: Chosen, position: number, day: number): Promise<string> {
  const { act, at, environment, community } = delivery;
  const milestone = (await milestonesOf(delivery, one.id))[position]!;
  const picture = await evidencePicture(one.category, `${one.title}/${position}`);
  const { hash } = await storePhoto({ environment, community, actor: one.lead }, picture);
  const shown = { milestone_id: milestone.id, words: DONE[position % DONE.length]!, file_hashes: [hash] };
  await act(one.lead, at(day), projects.submit_evidence, shown);
  return milestone.id;
}

/** A milestone from what was shown to its tranche, which the secretary and the chair approve. */
async function reach(delivery: Delivery, one: Chosen, position: number, day: number, paid: number) {
  const { act, at, secretary, groups, environment, community } = delivery;
  const milestone_id = await showMilestone(delivery, one, position, day);
  const reason = LOOKED_AT[position % LOOKED_AT.length]!;
  await act(secretary, at(day + 1), projects.decide_milestone, { milestone_id, verdict: 'accept', reason });
  const picture = await invoicePicture(`${one.title}/${position}`);
  const { hash } = await storePhoto({ environment, community, actor: one.lead }, picture);
  const asked = await act(one.lead, at(paid), projects.ask_tranche, { milestone_id, file_hashes: [hash] });
  const chair = groups.council.find((seat) => seat.code === 'chair')!.person_id;
  const approvers: Actor[] = [secretary, { kind: 'person', id: chair, roles: [] }];
  for (const [i, actor] of approvers.slice(0, asked.approvals_needed).entries())
    await act(actor, at(paid, 14 + i), approve_spending, { id: asked.spending_id });
}

/** One that went the whole way, with a risk, a change, answers of those it serves and a closing report. */
async function close(delivery: Delivery, one: Chosen) {
  const { act, at, secretary } = delivery;
  await begin(delivery, one, { from: -92, due: [-60, -30] });
  const risk = await act(one.lead, at(-85), projects.open_risk, { id: one.id, ...RISK });
  const second = (await milestonesOf(delivery, one.id))[1]!;
  const due_on = new Date(at(-18)).toISOString().slice(0, 10);
  const asked = { milestone_id: second.id, change: { due_on }, reason: CHANGE };
  const { id: change_id } = await act(one.lead, at(-45), projects.ask_change, asked);
  await act(secretary, at(-44), projects.decide_change, { id: change_id, verdict: 'approve', reason: CHANGE_APPROVED });
  await act(one.lead, at(-40), projects.close_risk, { risk_id: risk.id, reason: RISK.response });
  if (!(await fund(delivery, one, -26))) return;
  await reach(delivery, one, 0, -62, -25);
  await reach(delivery, one, 1, -20, -18);
  await answers(delivery, one, 17, -15);
  await act(one.lead, at(-6), projects.report_project, { id: one.id, words: REPORT });
  await act(secretary, at(-4), projects.decide_report, { id: one.id, verdict: 'close', reason: LOOKED_AT[1]! });
}

async function report(delivery: Delivery, one: Chosen) {
  const { act, at } = delivery;
  await begin(delivery, one, { from: -70, due: [-12] });
  if (!(await fund(delivery, one, -25))) return;
  await reach(delivery, one, 0, -14, -10);
  await answers(delivery, one, 9, -8);
  await act(one.lead, at(-1), projects.report_project, { id: one.id, words: REPORT });
}

async function show(delivery: Delivery, one: Chosen) {
  await begin(delivery, one, { from: -45, due: [4, 30] });
  await fund(delivery, one, -22);
  await showMilestone(delivery, one, 0, -1);
}

async function change(delivery: Delivery, one: Chosen) {
  const { act, at, today } = delivery;
  await begin(delivery, one, { from: -38, due: [6, 26] });
  await fund(delivery, one, -20);
  const first = (await milestonesOf(delivery, one.id))[0]!;
  const due_on = new Date(today + 15 * DAY).toISOString().slice(0, 10);
  await act(one.lead, at(-2), projects.ask_change, { milestone_id: first.id, change: { due_on }, reason: CHANGE });
}

async function answers({ act, at, voters, chance }: Delivery, one: Chosen, many: number, day: number) {
  for (const [i, id] of voters.adults.slice(-many).entries()) {
    const scores = QUESTIONS.map(() => chance.pick([5, 5, 5, 4, 4]));
    const input = { id: one.id, nonce: idFrom('nonce', one.id, id), scores };
    await act({ kind: 'person', id, roles: [] }, at(day, 9 + (i % 10)), projects.answer_outcome, input);
  }
}
