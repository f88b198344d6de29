import type { Outcome, Seen, Settled } from '../../../../modules/visits/visit.ts';

export type { Outcome, Seen, Settled };

type Names = Record<string, string>;
type Lists = Record<string, string[]>;

/** A door as `pack_round` packs it. Instants are text: the pack came as JSON. */
export type Door = {
  household_id: string;
  occasion: string;
  reason: string;
  due_on: string;
  needs_two: boolean;
  building_id: string;
  building_names: Names;
  latitude: number;
  longitude: number;
  unit: number;
  floor: number;
  door: string;
  no_knock: boolean;
  wish: { from_minute: number; until_minute: number } | null;
  visit_id: string | null;
  outcome: Outcome | null;
  members: { person_id: string; name_masked: string; relation: string }[];
  safety: string[];
  last: { outcome: Outcome; knocked_at: string; occasion: string; note: string | null } | null;
};

export type Pack = {
  format: 'yingmen.round.1';
  round: {
    id: string;
    worker_id: string;
    planned_on: string;
    starts_at: string;
    ended_at: string | null;
    version: number;
    visited: number;
    doors: number;
  };
  packed_at: string;
  expires_at: string;
  server_at: string;
  doors: Door[];
  hours: { from_minute: number; until_minute: number }[];
  occasions: { code: string; names: Names; ask: Lists; bring: Lists }[];
  outcomes: Outcome[];
  seen: Seen[];
  settled: Settled[];
  categories: { code: string; names: Names; is_private: boolean }[];
  companions: { id: string; public_name: string | null }[];
  map: { lines: { layer: string; lines: number[][][] }[]; attribution: string };
  /** Whole metres along the streets from each building to each; null (or not there, in an older pack) without streets. */
  walk?: { building_ids: string[]; metres: number[][] } | null;
};

export type Need = {
  id: string;
  kind: 'need' | 'idea';
  category?: string;
  text: string;
  settled: Settled;
  words?: string;
  promised_on?: string;
  told_by_id?: string;
};

/** What is written at a door, as far as it has got; `device` is written when it is finished and then never again. */
export type Draft = {
  id: string;
  round_id: string;
  household_id: string;
  occasion: string;
  outcome?: Outcome;
  companion_id?: string;
  seen: Seen[];
  asked: string[];
  note?: string;
  needs: Need[];
  photos: string[];
  voice?: string;
  letter_delivered: boolean;
  reply_brought_back: boolean;
  come_again_on?: string;
  packed_at: string;
  device?: { id: string; at: string; offset_seconds: number };
  /** What the server said: why it was refused, or what became of it. */
  refusal?: { code: string; sentences: string[] };
  accepted?: { requests: { id: string; number: number }[]; conflicts: string[]; clock_is_skewed: boolean };
};

/** What is sent: empty fields are left out, as the command wants it. */
export function wireOf(draft: Draft, order: number) {
  const { refusal: _refusal, accepted: _accepted, device, ...visit } = draft;
  const needs = visit.needs.filter((need) => need.text.trim()).map(filled);
  return { ...filled(visit), needs, device: { ...device!, order } };
}

function filled<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== '')) as T;
}
