import type { Result } from './vote.ts';

export const MOTION_STATES = ['moved', 'seconded', 'voting', 'carried', 'lost', 'withdrawn', 'ruled_out'] as const;
export type MotionState = (typeof MOTION_STATES)[number];
export type MotionStep = 'second' | 'put' | Result | 'withdraw' | 'rule_out';

/** What may follow what: the one table of a motion's life. Without a quorum it may be put again. */
const STEPS: Record<MotionStep, { from: readonly MotionState[]; to: MotionState }> = {
  second: { from: ['moved'], to: 'seconded' },
  put: { from: ['seconded'], to: 'voting' },
  pass: { from: ['voting'], to: 'carried' },
  fail: { from: ['voting'], to: 'lost' },
  no_quorum: { from: ['voting'], to: 'seconded' },
  withdraw: { from: ['moved', 'seconded'], to: 'withdrawn' },
  rule_out: { from: ['moved', 'seconded'], to: 'ruled_out' },
};

/** The state a step leads to, or null when it cannot be taken from here. */
export function motionAfter(state: MotionState, step: MotionStep): MotionState | null {
  const { from, to } = STEPS[step];
  return from.includes(state) ? to : null;
}

export const isUndecided = (state: MotionState): boolean => ['moved', 'seconded', 'voting'].includes(state);

export const BALLOTS = ['open', 'secret'] as const;
export type BallotKind = (typeof BALLOTS)[number];

export type Motion = {
  id: string;
  meeting_id: string;
  agenda_item_id: string;
  number: number;
  amends_id: string | null;
  amends_version: number | null;
  title: string;
  majority: string;
  ballot: BallotKind;
  state: MotionState;
  moved_by_id: string;
  moved_at: Date;
  seconded_by_id: string | null;
  seconded_at: Date | null;
  decided_at: Date | null;
  version: number;
};

export type MotionText = {
  motion_id: string;
  version: number;
  text: string;
  written_at: Date;
  amendment_id: string | null;
};
