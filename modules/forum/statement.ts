import type { SpeechState } from './speech.ts';

export const OPINIONS = ['agree', 'disagree', 'pass'] as const;
export type OpinionWord = (typeof OPINIONS)[number];

/** More than this nobody goes through. */
export const MOST_STATEMENTS = 100;
/** A map is drawn anew when so many people said something since: one alone could be told from the difference. */
export const LEAST_CHANGED = 5;

export type Statement = {
  id: string;
  topic_id: string;
  number: number;
  text: string;
  written_by_id: string;
  state: SpeechState;
};

const WEIGHTS = { agree: 1, disagree: -1, pass: 0 } as const;
export const weightOf = (opinion: OpinionWord): 1 | -1 | 0 => WEIGHTS[opinion];
