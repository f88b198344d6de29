export const HELD = ['on_site', 'online', 'both'] as const;
export type Held = (typeof HELD)[number];

export type Names = { 'zh-CN': string; en: string };

export type Session = {
  id: string;
  titles: Names;
  about: Partial<Names>;
  held: Held;
  place_text: string | null;
  online_url: string | null;
  starts_at: Date;
  ends_at: Date;
  speech_seconds: number;
  secretary_id: string | null;
  opened_at: Date | null;
  closed_at: Date | null;
  cancelled_at: Date | null;
  cancelled_reason: string | null;
  version: number;
};

export type Phase = 'coming' | 'open' | 'closed' | 'cancelled';

type Times = Pick<Session, 'opened_at' | 'closed_at' | 'cancelled_at'>;

export function phaseOf({ opened_at, closed_at, cancelled_at }: Times): Phase {
  if (cancelled_at) return 'cancelled';
  if (closed_at) return 'closed';
  return opened_at ? 'open' : 'coming';
}

export type Turn = {
  id: string;
  number: number;
  person_id: string | null;
  name: string | null;
  topic_id: string | null;
  asked_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  left_at: Date | null;
};

/** Who speaks, who waits (in the order they asked), and who has spoken. */
export function speakingList(turns: readonly Turn[]) {
  const inOrder = [...turns].sort((a, b) => a.number - b.number);
  return {
    speaking: inOrder.find((turn) => turn.started_at && !turn.ended_at) ?? null,
    waiting: inOrder.filter((turn) => !turn.started_at && !turn.left_at),
    spoken: inOrder.filter((turn) => turn.ended_at),
  };
}

/** Seconds that a turn took; for the one who speaks, until now. */
export function secondsOf(turn: Pick<Turn, 'started_at' | 'ended_at'>, now: Date): number {
  if (!turn.started_at) return 0;
  return Math.max(0, Math.round(((turn.ended_at ?? now).getTime() - turn.started_at.getTime()) / 1000));
}
