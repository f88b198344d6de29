import type { OrganisationKind } from '#modules/groups/index.ts';

/** Where a project stands: chosen by the vote, its agreement drafted, running, reported, closed; or stopped on the way. */
export const PROJECT_STATES = ['chosen', 'drafted', 'running', 'reported', 'closed', 'stopped'] as const;
export type ProjectState = (typeof PROJECT_STATES)[number];

export const PROJECT_STEPS = [
  ...(['draft', 'sign', 'begin', 'fund', 'return_rest', 'submit', 'accept', 'return', 'ask_tranche'] as const),
  ...(['ask_change', 'approve_change', 'refuse_change', 'open_risk', 'close_risk', 'escalate'] as const),
  ...(['name_beneficiary', 'answer', 'report', 'return_report', 'close', 'stop'] as const),
] as const;
export type ProjectStep = (typeof PROJECT_STEPS)[number];

/** What each step makes of a project. What does not stand here cannot happen. */
const TRANSITIONS: Record<ProjectState, Partial<Record<ProjectStep, ProjectState>>> = {
  chosen: { draft: 'drafted', stop: 'stopped' },
  drafted: { draft: 'drafted', sign: 'drafted', begin: 'running', stop: 'stopped' },
  running: {
    ...{ fund: 'running', return_rest: 'running', submit: 'running', accept: 'running', return: 'running' },
    ...{ ask_tranche: 'running', ask_change: 'running', approve_change: 'running', refuse_change: 'running' },
    ...{ open_risk: 'running', close_risk: 'running', escalate: 'running' },
    ...{ name_beneficiary: 'running', answer: 'running', report: 'reported', stop: 'stopped' },
  },
  reported: {
    ...{ return_report: 'running', close: 'closed', return_rest: 'reported', close_risk: 'reported' },
    ...{ name_beneficiary: 'reported', answer: 'reported' },
  },
  closed: {},
  // Money that was set aside for it still goes back.
  stopped: { return_rest: 'stopped' },
};

/** The state after a step, or nothing when the step is not possible. */
export const projectAfter = (state: ProjectState, step: ProjectStep): ProjectState | undefined =>
  TRANSITIONS[state][step];

/** Kinds of organisations that carry projects out. Those that only decide or join others do not. */
export const DELIVERING_KINDS: readonly OrganisationKind[] = [
  ...(['social_organisation', 'volunteer_team', 'club', 'building_group', 'partner_unit', 'property_company'] as const),
];

export const ENDED_PROJECTS: readonly ProjectState[] = ['closed', 'stopped'];

export type Words = { 'zh-CN': string; en: string };
export type Offer = { kind: 'service' | 'activity'; title: string };
export type Agreement = { words: string; offers: Offer[]; questions: Words[] };

export type Project = {
  id: string;
  proposal_id: string;
  round_id: string;
  state: ProjectState;
  budget_fen: number;
  organisation_id: string | null;
  agreement: Agreement | null;
  agreement_version: number;
  budget_line_id: string | null;
  bank_account_id: string | null;
  spending_category: string | null;
  created_at: Date;
  begun_at: Date | null;
  ended_at: Date | null;
  version: number;
};

/** Answers below this many are not shown, so that nobody is found by theirs. */
export const FEWEST_SHOWN = 5;
export const SCORES = [1, 2, 3, 4, 5] as const;

export type AnswerCount = { question: number; score: number; count: number };
export type ShownAnswers = { question: number; answers: number; average: number | null; scores: number[] | null };

/**
 * What may be shown of the answers: how many only while fewer than five people answered; then the average to one decimal;
 * how many gave each score only when no score was given by fewer than five, for two that are hidden could be worked out from
 * the average and the rest.
 */
export function shownAnswers(counts: readonly AnswerCount[], questions: number): ShownAnswers[] {
  return Array.from({ length: questions }, (_, i) => {
    const scores = SCORES.map(
      (score) => counts.find((one) => one.question === i + 1 && one.score === score)?.count ?? 0,
    );
    const answers = scores.reduce((sum, one) => sum + one, 0);
    if (answers < FEWEST_SHOWN) return { question: i + 1, answers: 0, average: null, scores: null };
    const sum = scores.reduce((total, one, k) => total + one * SCORES[k]!, 0);
    const isSafe = scores.every((one) => one === 0 || one >= FEWEST_SHOWN);
    return { question: i + 1, answers, average: Math.round((sum / answers) * 10) / 10, scores: isSafe ? scores : null };
  });
}
