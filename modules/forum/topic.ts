import type { Outcome } from './speech.ts';

export type TopicState = 'waiting' | 'open' | 'concluded' | 'refused' | 'hidden';
export type Topic = {
  id: string;
  session_id: string | null;
  title: string;
  text: string;
  raised_by_id: string;
  raised_at: Date;
  spoken_at: Date;
  state: TopicState;
  summary: string | null;
  outcome: Outcome | null;
  concluded_at: Date | null;
  version: number;
};

/** What everybody may read: what waits, was refused or is hidden is for its writer and moderators. */
export const isOpenToAll = ({ state }: Pick<Topic, 'state'>) => state === 'open' || state === 'concluded';
