import { hashOfJson, type ReadFact, type Said } from '#modules/log/index.ts';
import { type FieldKeys, fingerprint, sha256 } from '#platform/crypto.ts';
import { hashOfBallots } from '#platform/receipt_code.ts';
import type { Counted } from './count_round.ts';
import { milestoneAfter } from './milestone.ts';
import { type AnswerCount, type ProjectStep, projectAfter } from './project.ts';

/** What each step is as a fact. */
export const EVENTS: Record<ProjectStep, string> = {
  ...{ draft: 'agreement_drafted', sign: 'agreement_signed', begin: 'begun', fund: 'funded' },
  ...{ return_rest: 'rest_returned', submit: 'milestone_shown', accept: 'milestone_accepted' },
  ...{ return: 'milestone_returned', ask_tranche: 'tranche_asked', ask_change: 'change_asked' },
  ...{ approve_change: 'change_approved', refuse_change: 'change_refused', open_risk: 'risk_opened' },
  ...{ close_risk: 'risk_closed', escalate: 'milestone_escalated', name_beneficiary: 'beneficiary_named' },
  ...{ answer: 'answered', report: 'reported', return_report: 'report_returned', close: 'closed', stop: 'stopped' },
};
const STEP_OF = new Map(Object.entries(EVENTS).map(([step, event]) => [`project.${event}`, step as ProjectStep]));

/** What a count came to, in the log: its ballots and its explanations. */
export const sealsOfCount = ({ ballots, outcome }: Counted) => ({
  ballots_sha256: hashOfBallots(ballots.map((one) => `${one.code_hash} ${one.ballot}`)),
  outcome_sha256: hashOfJson(outcome),
});

/** The words and particulars of a step in the log. */
export const sealOfStep = (id: string, note: string | null, data: Record<string, unknown> = {}): string =>
  hashOfJson({ id, note, data });

/** Whom a project served, in the log, which is published beside the ids of many: nobody tries them out without the key of this place. */
export const sealOfServed = (keys: FieldKeys, project_id: string, person_id: string): string =>
  fingerprint(keys, 'project_served', `${project_id}/${person_id}`).toString('hex');

/** A title in the log: a hash that shows it still stands, since words are not kept there for ever. */
export const sealOfTitle = (milestone_id: string, title: string): string =>
  sha256(`${milestone_id}/${title}`).toString('hex');

/**
 * How often each answer was given, [question, score, count], in the log: few answers are not to be guessed from a hash, so it
 * takes the key of this place to make it.
 */
export const sealOfAnswers = (keys: FieldKeys, project_id: string, counts: readonly (readonly number[])[]): string =>
  fingerprint(
    keys,
    'project_answers',
    `${project_id}/${[...counts]
      .map((one) => one.join('-'))
      .sort()
      .join('/')}`,
  ).toString('hex');

const TABLES = [
  ...(['projects', 'project_milestones', 'project_signatures', 'project_files', 'project_changes'] as const),
  ...(['project_steps', 'project_risks', 'project_beneficiaries'] as const),
  ...(['project_answer_roll', 'project_answer_counts', 'venture_rounds', 'venture_results'] as const),
  'published_ballots' as const,
];
export type ProjectHistory = Record<(typeof TABLES)[number], Said> & {
  /** By table the projects whose facts said less of its rows when they were written. */
  untold: Record<'project_milestones' | 'project_steps' | 'project_beneficiaries', Set<string>>;
};
type Row = Record<string, unknown>;
type Telling = (history: ProjectHistory, fact: ReadFact, data: Row) => void;

/**
 * What the rows of projects must say, made anew from their facts in their order: frozen rules and published results, states and money, agreements and signatures,
 * milestones with evidence and changes, who answered and how many answers there are. Pure; linear in the facts.
 */
export function projectsBy(facts: readonly ReadFact[]): ProjectHistory {
  const tables = Object.fromEntries(TABLES.map((table) => [table, new Map()])) as Omit<ProjectHistory, 'untold'>;
  const untold = { project_milestones: new Set<string>(), project_steps: new Set<string>() };
  const history = { ...tables, untold: { ...untold, project_beneficiaries: new Set<string>() } };
  for (const fact of facts) {
    const project = history.projects.get(fact.subject_id);
    const step = STEP_OF.get(fact.kind);
    // Who answers or was served changes nothing of the project itself.
    const isTaken = step && step !== 'answer' && step !== 'name_beneficiary';
    if (isTaken) stepped(history, fact, step);
    if (project && isTaken) {
      // Of facts that cannot follow each other nothing comes that a row could say.
      const state = project.state ? (projectAfter(project.state as 'chosen', step) ?? null) : null;
      Object.assign(project, { state, version: (project.version as number) + 1 });
    }
    TELLINGS[fact.kind]?.(history, fact, fact.data);
  }
  return history;
}

/** A row of a step, of a project or a proposal, as its fact tells it. */
export const stepOfFact = ({ at, actor_id, on_behalf_of_id, data }: ReadFact, step: string): Row => ({
  ...{ step, at, actor_id, on_behalf_of_id, seal: data.step_seal },
});

function stepped({ project_steps, untold }: ProjectHistory, fact: ReadFact, step: ProjectStep): void {
  const { subject_id: project_id, data } = fact;
  if (!data.step_id) untold.project_steps.add(project_id);
  else {
    const row = { project_id, milestone_id: data.milestone_id ?? null, ...stepOfFact(fact, step) };
    project_steps.set(data.step_id as string, row);
  }
}

const milestone = ({ project_milestones }: ProjectHistory, data: Row): Row =>
  project_milestones.get(data.milestone_id as string) ?? {};

const decided =
  (state: 'approved' | 'refused'): Telling =>
  ({ project_changes }, { at, actor_id }, { change_id, decided_seal }) => {
    const change = project_changes.get(change_id as string);
    if (change) Object.assign(change, { state, decided_at: at, decided_by_id: actor_id, decided_seal });
  };

const ended: Telling = ({ projects, project_answer_counts }, { subject_id, at }, { answers_seal }) => {
  Object.assign(projects.get(subject_id) ?? {}, { ended_at: at });
  Object.assign(project_answer_counts.get(subject_id) ?? {}, { answers_seal });
};

const TELLINGS: Record<string, Telling> = {
  'project.chosen'({ projects }, { subject_id, at }, { proposal_id, budget_fen }) {
    const nothing = { organisation_id: null, agreement_version: 0, agreement_sha256: null, budget_line_id: null };
    const times = { created_at: at, begun_at: null, ended_at: null };
    projects.set(subject_id, { proposal_id, budget_fen, state: 'chosen', ...nothing, ...times, version: 1 });
  },
  'project.agreement_drafted': drafted,
  'project.agreement_signed'({ project_signatures }, { subject_id, at, actor_id }, { side, agreement_version }) {
    const key = `${subject_id}/${agreement_version}/${side}`;
    project_signatures.set(key, { person_id: actor_id, signed_at: at });
  },
  'project.begun'({ projects }, { subject_id, at }) {
    Object.assign(projects.get(subject_id) ?? {}, { begun_at: at });
  },
  'project.funded'({ projects }, { subject_id }, { budget_line_id, bank_account_id, spending_category }) {
    Object.assign(projects.get(subject_id) ?? {}, { budget_line_id, bank_account_id, spending_category });
  },
  'project.milestone_shown'(history, { subject_id }, data) {
    advance(history, data, 'submit');
    for (const hash of (data.files as string[] | undefined) ?? [])
      history.project_files.set(`${subject_id}/${data.milestone_id}/${hash}`, {});
  },
  'project.milestone_accepted': (history, { at }, data) => advance(history, data, 'accept', { decided_at: at }),
  'project.milestone_returned': (history, _, data) => advance(history, data, 'return'),
  'project.milestone_escalated'(history, _, data) {
    milestone(history, data).escalation = data.level;
  },
  'project.tranche_asked'(history, _, data) {
    milestone(history, data).spending_id = data.spending_id;
  },
  'project.change_asked'({ project_changes }, { subject_id, at, actor_id }, { change_id, milestone_id, ...what }) {
    const { before, after, seal, seal_before, reason_seal } = what;
    const asked = { project_id: subject_id, milestone_id, before, after, seal, seal_before, reason_seal };
    const nobody = { decided_at: null, decided_by_id: null, decided_seal: null };
    const by = { asked_at: at, asked_by_id: actor_id, state: 'waiting', ...nobody };
    project_changes.set(change_id as string, { ...asked, ...by });
  },
  'project.change_approved': approved,
  'project.change_refused': decided('refused'),
  'project.risk_opened'({ project_risks }, { subject_id, at, actor_id }, { risk_id, seal }) {
    const open = { closed_at: null, closed_by_id: null, closed_seal: null };
    project_risks.set(risk_id as string, {
      ...{ project_id: subject_id, opened_at: at, opened_by_id: actor_id, seal },
      ...open,
    });
  },
  'project.risk_closed'({ project_risks }, { at, actor_id }, { risk_id, seal }) {
    const closed = { closed_at: at, closed_by_id: actor_id, closed_seal: seal };
    Object.assign(project_risks.get(risk_id as string) ?? {}, closed);
  },
  'project.beneficiary_named'({ project_beneficiaries, untold }, { subject_id, at, actor_id }, { person_seal }) {
    const key = `${subject_id}/${person_seal}`;
    if (!person_seal) untold.project_beneficiaries.add(subject_id);
    else if (!project_beneficiaries.has(key))
      project_beneficiaries.set(key, { project_id: subject_id, named_at: at, named_by_id: actor_id });
  },
  'project.answered': answered,
  'venture_rules.frozen'({ venture_rounds }, { subject_id, at }, { sha256, box_seal }) {
    venture_rounds.set(subject_id, { frozen_sha256: sha256, frozen_at: at, box_seal });
  },
  'venture_round.closed'({ venture_rounds, published_ballots }, { subject_id, at }, { ballots }) {
    Object.assign(venture_rounds.get(subject_id) ?? {}, { closed_at: at, box_seal: null });
    if (ballots) published_ballots.set(subject_id, { count: ballots });
  },
  'venture_result.published'({ venture_results, published_ballots }, { subject_id, at }, data) {
    const { file_sha256, outcome_sha256, ballots_sha256 } = data;
    venture_results.set(subject_id, { file_sha256, outcome_sha256, published_at: at });
    Object.assign(published_ballots.get(subject_id) ?? {}, { ballots_sha256 });
  },
  'venture_ballots.imported'({ venture_results, published_ballots }, { subject_id, at }, data) {
    const { file_sha256, outcome_sha256, ballots, ballots_sha256 } = data;
    venture_results.set(subject_id, { file_sha256, outcome_sha256, published_at: at });
    if (ballots) published_ballots.set(subject_id, { count: ballots, ballots_sha256 });
  },
  'project.closed': ended,
  'project.stopped': ended,
};

/** A draft is written anew with its milestones. */
function drafted(history: ProjectHistory, { subject_id }: ReadFact, data: Row): void {
  const { organisation_id, agreement_version, agreement_sha256, questions } = data;
  const project = history.projects.get(subject_id);
  // What no earlier fact spoke of is not compared.
  if (project) Object.assign(project, { organisation_id, agreement_version, agreement_sha256, questions });
  for (const [id, row] of history.project_milestones)
    if (row.project_id === subject_id) history.project_milestones.delete(id);
  const milestones = data.milestones as { id: string }[] | undefined;
  if (!milestones) history.untold.project_milestones.add(subject_id);
  else history.untold.project_milestones.delete(subject_id);
  const fresh = { project_id: subject_id, state: 'planned', spending_id: null, escalation: 0, decided_at: null };
  for (const [i, { id, ...promised }] of (milestones ?? []).entries())
    history.project_milestones.set(id, { ...promised, ...fresh, position: i + 1 });
}

function advance(history: ProjectHistory, data: Row, step: 'submit' | 'accept' | 'return', more: Row = {}): void {
  const row = milestone(history, data);
  if (row.state) Object.assign(row, more, { state: milestoneAfter(row.state as 'planned', step) ?? null });
}

function approved(history: ProjectHistory, fact: ReadFact, data: Row): void {
  decided('approved')(history, fact, data);
  const row = milestone(history, data);
  const after = (data.after ?? {}) as Row;
  if (data.what === 'title') row.seal = data.seal;
  else if (after.dropped) Object.assign(row, { state: 'dropped', decided_at: fact.at });
  else Object.assign(row, after, 'due_on' in after && { escalation: 0 });
}

/** How often one answer was given, while more come: nobody makes it by SQL, for it takes the key of this place. */
export const sealOfAnswerCount = (
  keys: FieldKeys,
  project_id: string,
  { question, score, count }: AnswerCount,
): string => fingerprint(keys, 'project_answer', [project_id, question, score, count].join('/')).toString('hex');

/** Who answered is on the roll; of what they answered the sums are known, and that each count bears its seal, until the end seals all. */
function answered(history: ProjectHistory, fact: ReadFact): void {
  const { projects, project_answer_roll, project_answer_counts } = history;
  project_answer_roll.set(`${fact.subject_id}/${fact.on_behalf_of_id ?? fact.actor_id}`, {});
  const known = project_answer_counts.get(fact.subject_id) ?? { sums: [0], is_sealed: true };
  const [before] = known.sums as number[];
  // Counts to which somebody added before they were sealed are not held to a seal.
  const is_sealed = known.is_sealed && fact.data.is_sealed;
  const questions = projects.get(fact.subject_id)?.questions;
  project_answer_counts.set(fact.subject_id, { sums: [before! + 1], questions, is_sealed: is_sealed || undefined });
}
