import type { CouncilRules } from './council_rules.ts';
import type { BallotKind, MotionState } from './motion.ts';
import type { Counts, Option, Result } from './vote.ts';

export type Names = { 'zh-CN': string; en: string };

export type Meeting = {
  id: string;
  organisation_id: string;
  titles: Names;
  place_text: string;
  starts_at: Date;
  ends_at: Date;
  called_at: Date | null;
  opened_at: Date | null;
  closed_at: Date | null;
  cancelled_at: Date | null;
  cancelled_reason: string | null;
  rules: CouncilRules | null;
  chair_id: string | null;
  minutes_adopted_at: Date | null;
  minutes_adopted_by_id: string | null;
  minutes_published_at: Date | null;
  minutes_text: MinutesRecord | null;
  minutes_sha256: string | null;
  version: number;
};

const OPENS_BEFORE_MS = 60 * 60_000;

/** Members were called for a time: nobody opens the meeting long before. Pure. */
export const opensAt = ({ starts_at }: Pick<Meeting, 'starts_at'>): Date =>
  new Date(starts_at.getTime() - OPENS_BEFORE_MS);

type MinutesEntry = { number: number; kind: 'said' | 'ruling'; texts: Partial<Names> };

/** One item of the agenda in the minutes, with what was said, moved, voted and resolved under it. */
export type MinutesItem = {
  titles: Names;
  dropped_reason: string | null;
  entries: MinutesEntry[];
  interests: { name: string | null; reason: string; motion: number | null }[];
  motions: {
    number: number;
    title: string;
    text: string;
    state: MotionState;
    amends: number | null;
    moved_by: string | null;
    seconded_by: string | null;
    votes: {
      ballot: BallotKind;
      result: Result;
      counts: Counts;
      /** Empty when it was secret. */
      voters: { name: string | null; option: Option }[];
    }[];
    resolution: { number: number; titles: Names; texts: Names; owner_names: Names; due_on: string } | undefined;
  }[];
};

/** The minutes as they are shown, and kept word by word when they are published. */
export type MinutesRecord = {
  council: Names;
  titles: Names;
  place_text: string;
  opened_at: string;
  closed_at: string | null;
  chair: string | null;
  present: (string | null)[];
  items: MinutesItem[];
  other: MinutesEntry[];
};

export const PHASES = ['planned', 'called', 'open', 'closed', 'cancelled'] as const;
export type Phase = (typeof PHASES)[number];

type Times = Pick<Meeting, 'called_at' | 'opened_at' | 'closed_at' | 'cancelled_at'>;

export function phaseOf({ called_at, opened_at, closed_at, cancelled_at }: Times): Phase {
  if (cancelled_at) return 'cancelled';
  if (closed_at) return 'closed';
  if (opened_at) return 'open';
  return called_at ? 'called' : 'planned';
}

/** Where the minutes stand: nobody writes before the meeting opens, nothing changes once they are adopted. */
export function minutesOf(meeting: Pick<Meeting, 'opened_at' | 'minutes_adopted_at' | 'minutes_published_at'>) {
  if (!meeting.opened_at) return 'none' as const;
  if (meeting.minutes_published_at) return 'published' as const;
  return meeting.minutes_adopted_at ? ('adopted' as const) : ('draft' as const);
}
