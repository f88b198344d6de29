import { DAY_MS } from '#platform/clock.ts';
export const SPEECH_STATES = ['waiting', 'shown', 'refused', 'hidden'] as const;
export type SpeechState = (typeof SPEECH_STATES)[number];

export const OUTCOMES = ['request', 'motion', 'proposal', 'nothing'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What somebody has said so far, as far as limits go. */
export type Past = {
  /** Speeches and topics of theirs that are or were shown. */
  shown: number;
  /** When the first of them was said; null when none was. */
  first_at: Date | null;
  spoken_today: number;
  topics_this_week: number;
};

/** Somebody is new until three of their speeches were shown and a week has passed since the first. */
export const NEWCOMER = { speeches: 3, days: 7 } as const;
/** What one person may say in 24 hours and raise in seven days; less while they are new. */
export const LIMITS = {
  newcomer: { speeches: 3, topics: 1 },
  known: { speeches: 40, topics: 7 },
} as const;

export function isNewcomer(past: Past, now: Date): boolean {
  if (past.first_at === null || past.shown < NEWCOMER.speeches) return true;
  return now.getTime() - past.first_at.getTime() < NEWCOMER.days * DAY_MS;
}

/** The first thing somebody says waits until a moderator has read it; what staff say does not. */
export const firstState = (past: Past, is_staff: boolean): 'waiting' | 'shown' =>
  past.shown === 0 && !is_staff ? 'waiting' : 'shown';

/** The limit that somebody has reached, if any: how much is allowed. */
export function limitReached(past: Past, what: 'speeches' | 'topics', now: Date): number | null {
  const limit = LIMITS[isNewcomer(past, now) ? 'newcomer' : 'known'][what];
  const done = what === 'speeches' ? past.spoken_today : past.topics_this_week;
  return done >= limit ? limit : null;
}

/** Whether the quoted words stand in a speech as they are, but for white space. */
export function quotes(speech: string, quote: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  return plain(quote) !== '' && plain(speech).includes(plain(quote));
}

/** Why moderators act: the rule that something fell under. */
export const RULES = [
  'fits',
  'insult',
  'personal_data',
  'false_facts',
  'advertising',
  'off_topic',
  'unlawful',
  'mistake',
] as const;
export type Rule = (typeof RULES)[number];

export const STEPS = ['approve', 'refuse', 'hide', 'show_again'] as const;
export type Step = (typeof STEPS)[number];

const AFTER: { [step in Step]: { from: readonly SpeechState[]; to: SpeechState } } = {
  approve: { from: ['waiting'], to: 'shown' },
  refuse: { from: ['waiting'], to: 'refused' },
  hide: { from: ['shown'], to: 'hidden' },
  show_again: { from: ['hidden', 'refused'], to: 'shown' },
};

/** What a moderator's step makes of something said; null when it cannot be taken from there. */
export function stateAfter(state: SpeechState, step: Step): SpeechState | null {
  return AFTER[step].from.includes(state) ? AFTER[step].to : null;
}

const AGAINST = RULES.filter((rule) => rule !== 'fits' && rule !== 'mistake');
/** By which rules a step is taken: what leaves view fell under one of them. */
export const RULES_FOR: { [step in Step]: readonly Rule[] } = {
  approve: ['fits'],
  refuse: AGAINST,
  hide: AGAINST,
  show_again: ['mistake', 'fits'],
};

const choicesOf = (state: SpeechState) => {
  const steps = STEPS.filter((step) => stateAfter(state, step) !== null);
  return { steps, rules: [...new Set(steps.flatMap((step) => RULES_FOR[step]))] };
};
/** What a moderator can do with something said as it stands, and by which rules. */
export const MODERATION = {
  waiting: choicesOf('waiting'),
  shown: choicesOf('shown'),
  refused: choicesOf('refused'),
  hidden: choicesOf('hidden'),
} satisfies { [state in SpeechState]: ReturnType<typeof choicesOf> };
