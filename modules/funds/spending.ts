import { sha256 } from '#platform/crypto.ts';
import type { AccountKind } from './account.ts';

export const SPENDING_KINDS = ['expense', 'advance', 'settlement'] as const;
export type SpendingKind = (typeof SPENDING_KINDS)[number];
export type SpendingState = 'waiting' | 'posted' | 'refused';

/** Above this one approval is not enough, unless the community has set `two_approvals_above_fen`: 5,000 yuan. */
export const TWO_APPROVALS_ABOVE_FEN = 500_000;

export function approvalLimit(settings: Record<string, unknown>): number {
  const set = settings.two_approvals_above_fen;
  return typeof set === 'number' && set >= 0 ? set : TWO_APPROVALS_ABOVE_FEN;
}

export const approvalsNeeded = (amount_fen: number, settings: Record<string, unknown>): 1 | 2 =>
  amount_fen > approvalLimit(settings) ? 2 : 1;

/** From what an amount may be spent, and out of which account it is paid, by the kind of spending. */
export const SPENDING_SIDES: Record<SpendingKind, { debit: readonly AccountKind[]; credit: readonly AccountKind[] }> = {
  expense: { debit: ['fund', 'budget_line'], credit: ['bank'] },
  advance: { debit: ['advance'], credit: ['bank'] },
  settlement: { debit: ['fund', 'budget_line'], credit: ['advance'] },
};

export const fitsSpending = (kind: SpendingKind, debit: AccountKind, credit: AccountKind): boolean =>
  SPENDING_SIDES[kind].debit.includes(debit) && SPENDING_SIDES[kind].credit.includes(credit);

/** Nobody decides about what they asked for, or about money that goes to themselves. */
export function isPartyTo(
  spending: { requested_by_id: string; payee_id: string | null },
  people: readonly string[],
): boolean {
  return people.some((id) => id === spending.requested_by_id || id === spending.payee_id);
}

/**
 * What the log says instead of words and people: a hash that shows they still stand, which nobody can make who does not know
 * them all. A payee's name is sealed to its row already.
 */
export function sealOfRequest(spending: {
  id: string;
  requested_by_id: string;
  payee_id: string | null;
  is_payee_public: boolean;
  purpose: string;
}): string {
  const { id, requested_by_id, payee_id, is_payee_public, purpose } = spending;
  return sha256([id, requested_by_id, payee_id ?? '', String(is_payee_public), purpose].join('/')).toString('hex');
}

export const sealOfRefusal = (id: string, refused_by_id: string, reason: string): string =>
  sha256([id, refused_by_id, reason].join('/')).toString('hex');
