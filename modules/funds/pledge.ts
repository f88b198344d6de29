import type { DonationKind } from './donation.ts';

/** What has come of a promise. `overdue` is still to be kept, `lapsed` no longer. */
export type PledgeState = 'open' | 'part_kept' | 'kept' | 'overdue' | 'lapsed';

type Promised = {
  kind: DonationKind;
  amount_fen: number | null;
  hours: number | null;
  due_on: string;
  is_lapsed: boolean;
  kept_fen: number;
  kept_hours: number;
  gift_count: number;
  is_whole: boolean;
};

/** The state of a promise on a day, from what was given for it. Pure. */
export function stateOfPledge(pledge: Promised, today: string): PledgeState {
  if (isKept(pledge)) return 'kept';
  if (pledge.is_lapsed) return 'lapsed';
  if (pledge.due_on < today) return 'overdue';
  return pledge.gift_count > 0 ? 'part_kept' : 'open';
}

function isKept({ kind, amount_fen, hours, kept_fen, kept_hours, is_whole }: Promised): boolean {
  if (kind === 'money') return kept_fen >= amount_fen!;
  if (kind === 'hours') return kept_hours >= hours!;
  return is_whole;
}

/** Who promised is told so long before, and once it is over; after so long without a gift the promise lapses by itself. */
export const TOLD_DAYS_BEFORE = 7;
export const LAPSES_DAYS_AFTER = 90;
