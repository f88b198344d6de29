import { DAY_MS } from '#platform/clock.ts';

export const MILESTONE_STATES = ['planned', 'submitted', 'accepted', 'dropped'] as const;
export type MilestoneState = (typeof MILESTONE_STATES)[number];
export type MilestoneStep = 'submit' | 'accept' | 'return' | 'drop';

const TRANSITIONS: Record<MilestoneState, Partial<Record<MilestoneStep, MilestoneState>>> = {
  planned: { submit: 'submitted', drop: 'dropped' },
  submitted: { accept: 'accepted', return: 'planned' },
  accepted: {},
  dropped: {},
};

/** The state after a step, or nothing when the step is not possible. */
export const milestoneAfter = (state: MilestoneState, step: MilestoneStep): MilestoneState | undefined =>
  TRANSITIONS[state][step];

export type Milestone = {
  id: string;
  project_id: string;
  position: number;
  title: string;
  /** A day of the neighbourhood's calendar, as 2026-12-31. */
  due_on: string;
  tranche_fen: number;
  state: MilestoneState;
  spending_id: string | null;
  escalation: number;
  decided_at: Date | null;
};

export const isDecided = (one: Pick<Milestone, 'state'>) => one.state === 'accepted' || one.state === 'dropped';
/** What the milestones that stand promise together. */
export const promisedFen = (milestones: readonly Pick<Milestone, 'state' | 'tranche_fen'>[]) =>
  milestones.reduce((sum, one) => sum + (one.state === 'dropped' ? 0 : one.tranche_fen), 0);

export const NEAR_DAYS = 3;

/** How loudly a milestone that still has to be shown is due: 0 not yet, 1 within three days, 2 late. Days are calendar days. */
export function escalationOf(due_on: string, today: string): 0 | 1 | 2 {
  if (today > due_on) return 2;
  return Date.parse(due_on) - Date.parse(today) <= NEAR_DAYS * DAY_MS ? 1 : 0;
}

/** What can be changed of a milestone, one thing at a time. */
export type MilestoneChange = { title: string } | { due_on: string } | { tranche_fen: number } | { dropped: true };

/** Where the money of a milestone stands, by the spending that was asked for it. */
export type TrancheState = 'none' | 'due' | 'waiting' | 'paid' | 'refused';

export function trancheOf(
  one: Pick<Milestone, 'state' | 'tranche_fen' | 'spending_id'>,
  spending: { state: 'waiting' | 'posted' | 'refused'; is_reversed: boolean } | undefined,
): TrancheState {
  if (one.tranche_fen === 0 || one.state !== 'accepted') return 'none';
  if (!one.spending_id || !spending || spending.is_reversed) return 'due';
  return spending.state === 'posted' ? 'paid' : spending.state;
}

/** Why a project cannot be reported as done, or nothing. */
export function objectionToClosing(
  milestones: readonly Pick<Milestone, 'state'>[],
  tranches: readonly TrancheState[],
  { changes_waiting, left_fen }: { changes_waiting: number; left_fen: number },
): 'milestones_undecided' | 'changes_waiting' | 'money_unsettled' | null {
  if (!milestones.every(isDecided)) return 'milestones_undecided';
  if (changes_waiting > 0) return 'changes_waiting';
  const isOpen = tranches.some((one) => one === 'due' || one === 'waiting' || one === 'refused');
  return isOpen || left_fen > 0 ? 'money_unsettled' : null;
}
