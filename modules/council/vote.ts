import { ballotBox } from '#platform/ballot_box.ts';
import type { FieldKeys } from '#platform/crypto.ts';
import { hashOfReceiptCode } from '#platform/receipt_code.ts';
import type { CouncilRules, Majority } from './council_rules.ts';

export const OPTIONS = ['yes', 'no', 'abstain'] as const;
export type Option = (typeof OPTIONS)[number];
export const RESULTS = ['pass', 'fail', 'no_quorum'] as const;
export type Result = (typeof RESULTS)[number];

/** Who counts for one motion: members in office, those who declared an interest, those in the room, and who may so vote. */
export type Roll = {
  members: string[];
  conflicted: string[];
  present: string[];
  /** In office, in the room, without an interest. */
  entitled: string[];
};

/** Whoever declared an interest counts neither among the members nor among those present. */
export function rollOf(holders: readonly string[], inRoom: readonly string[], interested: readonly string[]): Roll {
  const all = [...new Set(holders)];
  const conflicted = all.filter((id) => interested.includes(id));
  const members = all.filter((id) => !conflicted.includes(id));
  const entitled = members.filter((id) => inRoom.includes(id));
  return { members, conflicted, present: all.filter((id) => inRoom.includes(id)), entitled };
}

export type Share = { numerator: number; denominator: number; more_than: boolean };

/** Whether so many are a share of a whole: in whole numbers, so that two thirds of nine are six and nothing is rounded. */
export function reaches(count: number, whole: number, { numerator, denominator, more_than }: Share): boolean {
  if (count <= 0) return false;
  const [have, need] = [count * denominator, whole * numerator];
  return more_than ? have > need : have >= need;
}

/** The smallest number that reaches a share of a whole. */
export function leastOf(whole: number, { numerator, denominator, more_than }: Share): number {
  const exact = (whole * numerator) / denominator;
  return Math.max(1, more_than ? Math.floor(exact) + 1 : Math.ceil(exact));
}

export type Tally = Record<Option, number>;
export type Counts = Tally & {
  /** Members in office without an interest; of them in the room. */
  members: number;
  present: number;
  conflicted: number;
  /** Of those who voted, how many on paper; not there when nobody did. */
  on_paper?: number;
  /** How many the quorum asked for, and how many votes in favour the majority asked for. */
  quorum: number;
  needed: number;
  majority: string;
  /** In how many places the box of a secret vote was not as voters had left it when it was closed. */
  box_differs?: number;
};

/** What a closed vote came to, by the rules of the meeting. A tie has not reached more than half, so it fails. */
export function decide(
  rules: CouncilRules,
  majority: string,
  tally: Tally,
  { members, present, conflicted }: Pick<Counts, 'members' | 'present' | 'conflicted'>,
): { result: Result; counts: Counts } {
  const share = rules.majorities[majority]!;
  const whole = wholeOf(share, tally, { members, present });
  const counts = {
    ...{ ...tally, members, present, conflicted, majority },
    ...{ quorum: leastOf(members, rules.quorum), needed: leastOf(whole, share) },
  };
  if (!reaches(present, members, rules.quorum)) return { result: 'no_quorum', counts };
  return { result: reaches(tally.yes, whole, share) ? 'pass' : 'fail', counts };
}

function wholeOf({ of }: Majority, tally: Tally, { members, present }: { members: number; present: number }): number {
  if (of === 'members') return members;
  return of === 'present' ? present : tally.yes + tally.no;
}

/** The seals of the box of a secret vote that is open; undefined of others, and of one opened before boxes were sealed. */
export const boxOf = (keys: FieldKeys, { id, box_salt }: { id: string; box_salt: string | null }) =>
  box_salt === null ? undefined : ballotBox(keys, 'council', id, box_salt);

/** One paper alone would tell whoever reads it what somebody voted. */
export const LEAST_PAPERS = 2;

type Reading = Tally & { voter_ids: readonly string[] };

/** Whether two people have read the same of the papers: whose they are, and how often what. Voters in the order of their ids. */
export const sameReading = (one: Reading, other: Reading): boolean =>
  one.voter_ids.join() === other.voter_ids.join() && OPTIONS.every((option) => one[option] === other[option]);

/** What a secret ballot is kept by. */
export const hashOfCode = (vote_event_id: string, code: string): string =>
  hashOfReceiptCode('council ballot', vote_event_id, code);
