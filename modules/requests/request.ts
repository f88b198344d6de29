/** Where a request stands. Answered (told), done (carried out), refused and confirmed are different things. */
export const STATES = [
  'submitted',
  'accepted',
  'asking',
  'promised',
  'reopened',
  'answered',
  'done',
  'refused',
  'confirmed',
  'closed_without_word',
  'joined',
  'split',
  'withdrawn',
] as const;
export type State = (typeof STATES)[number];

/** Somebody still owes an answer: the clock runs (or is stopped while the reporter is asked). */
export const OPEN: readonly State[] = ['submitted', 'accepted', 'asking', 'promised', 'reopened'];
/** An answer was given; the reporter has the word. */
export const ANSWERED: readonly State[] = ['answered', 'done', 'refused'];
/** Nothing more is owed unless somebody reopens it. */
export const ENDED: readonly State[] = ['confirmed', 'closed_without_word', 'joined', 'split', 'withdrawn'];

export type Step =
  | 'accept'
  | 'hand_on'
  | 'recategorise'
  | 'ask_reporter'
  | 'reply'
  | 'promise'
  | 'answer'
  | 'finish'
  | 'refuse'
  | 'confirm'
  | 'reopen'
  | 'close_without_word'
  | 'join_into'
  | 'split_up'
  | 'withdraw'
  | 'call_in_help'
  | 'help_answered'
  | 'redact'
  | 'note'
  | 'escalate'
  | 'recompute';

/** `stay` keeps the state; every other word is the state the step leads to. */
type Rule = { from: readonly State[]; to: State | 'stay' };

/** The life of a request: the one table that says which step is possible from where. */
export const STEPS: Record<Step, Rule> = {
  accept: { from: ['submitted', 'reopened'], to: 'accepted' },
  hand_on: { from: OPEN, to: 'stay' },
  recategorise: { from: OPEN, to: 'stay' },
  ask_reporter: { from: ['submitted', 'accepted', 'promised', 'reopened'], to: 'asking' },
  reply: { from: ['asking'], to: 'accepted' },
  promise: { from: ['submitted', 'accepted', 'promised', 'reopened'], to: 'promised' },
  answer: { from: OPEN, to: 'answered' },
  finish: { from: OPEN, to: 'done' },
  refuse: { from: OPEN, to: 'refused' },
  confirm: { from: ANSWERED, to: 'confirmed' },
  reopen: { from: [...ANSWERED, 'confirmed', 'closed_without_word'], to: 'reopened' },
  close_without_word: { from: ANSWERED, to: 'closed_without_word' },
  join_into: { from: OPEN, to: 'joined' },
  split_up: { from: OPEN, to: 'split' },
  withdraw: { from: OPEN, to: 'withdrawn' },
  call_in_help: { from: OPEN, to: 'stay' },
  help_answered: { from: OPEN, to: 'stay' },
  redact: { from: STATES, to: 'stay' },
  note: { from: STATES, to: 'stay' },
  escalate: { from: OPEN, to: 'stay' },
  recompute: { from: OPEN, to: 'stay' },
};

/** The state a step leads to, or null when it cannot be taken from here. */
export function stateAfter(state: State, step: Step): State | null {
  const rule = STEPS[step];
  if (!rule.from.includes(state)) return null;
  return rule.to === 'stay' ? state : rule.to;
}

export function isOpen(state: State): boolean {
  return OPEN.includes(state);
}

/** A confirmed or silent ending can be questioned for so many days; after that it takes a new request. */
export const REOPEN_WITHIN_DAYS = 60;
/** Silence after an answer closes a request after so many days, counted apart from confirmations. */
export const SILENCE_CLOSES_AFTER_DAYS = 14;
/** A due date within so many hours is "soon": the owner is reminded. */
export const DUE_SOON_HOURS = 24;

/** 0 there is time, 1 the due date is near, 2 it is past. */
export function escalationOf(due_at: Date, now: Date): 0 | 1 | 2 {
  if (due_at <= now) return 2;
  return due_at.getTime() - now.getTime() <= DUE_SOON_HOURS * 3_600_000 ? 1 : 0;
}

export type Pause = { from: string; to?: string };

/** The pauses with the running one closed at `now`: what the clock is computed with. */
export function pausesUntil(pauses: Pause[], now: Date): { from: Date; to: Date }[] {
  return pauses.map((pause) => ({ from: new Date(pause.from), to: pause.to ? new Date(pause.to) : now }));
}

/** On time: answered no later than first promised by the category's target; later promises do not count here. */
export function isOnTime(request: { answered_at: Date | null; original_due_at: Date }): boolean {
  return request.answered_at !== null && request.answered_at <= request.original_due_at;
}
