import { addDays } from '#platform/clock.ts';

export const GRANT_DIRECTIONS = ['given', 'received'] as const;
export type GrantDirection = (typeof GRANT_DIRECTIONS)[number];

export type Instalment = {
  number: number;
  amount_fen: number;
  due_on: string;
  condition: string | null;
  is_met: boolean;
  /** A spending that waits or is posted, or the transfer it came by; refused ones are none. */
  is_asked: boolean;
  is_paid: boolean;
};
export type InstalmentState = 'paid' | 'asked' | 'waits_for_condition' | 'overdue' | 'due' | 'planned';

const SOON_DAYS = 14;

/** Where an instalment stands on a day. Pure. */
export function stateOfInstalment(one: Instalment, today: string): InstalmentState {
  if (one.is_paid) return 'paid';
  if (one.is_asked) return 'asked';
  if (one.condition && !one.is_met) return 'waits_for_condition';
  if (one.due_on < today) return 'overdue';
  return one.due_on <= addDays(today, SOON_DAYS) ? 'due' : 'planned';
}

/** Why the instalments of a grant are not as they must be, as a code of a refusal; null when they are. Pure. */
export function problemOfInstalments(
  amount_fen: number,
  instalments: readonly { amount_fen: number; due_on: string }[],
): string | null {
  const sum = instalments.reduce((total, one) => total + one.amount_fen, 0);
  if (sum !== amount_fen) return 'instalments_differ';
  const days = instalments.map((one) => one.due_on);
  return days.some((day, i) => i > 0 && day < days[i - 1]!) ? 'instalments_out_of_order' : null;
}
