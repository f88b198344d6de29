import { type Account, availableOf, balanceOf, isRestricted } from './account.ts';
import { honours } from './wish.ts';

export const TRANSFER_KINDS = [
  'opening',
  'donation',
  'grant',
  'allocation',
  'expense',
  'advance',
  'settlement',
  'return',
  'refund',
  'interest',
  'fee',
  'reversal',
] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];
export type Flow = 'posted' | 'pending' | 'post' | 'void';

export type NewTransfer = {
  id: string;
  kind: TransferKind;
  flow: Flow;
  debit_account_id: string;
  credit_account_id: string;
  amount_fen: number;
  /** What was pending, when this row posts or voids it: never more than that. */
  pending_fen?: number;
  category?: string | null;
};

/** Why a transfer may not be, as a code of a refusal. */
export type Objection =
  | 'account_closed'
  | 'currencies_differ'
  | 'balance_exceeded'
  | 'budget_exceeded'
  | 'line_of_gifts'
  | 'restriction_broken';

/**
 * Moves an amount between two accounts: changes their sums in place and gives both balances after it, or says why it may
 * not be and changes nothing. What is pending is held back from what can be taken, and counts for nothing that can be given.
 * Source: the semantics of TigerBeetle's two-phase transfers.
 */
export function move(
  debit: Account,
  credit: Account,
  transfer: Pick<NewTransfer, 'flow' | 'amount_fen' | 'pending_fen' | 'category'> & { kind?: TransferKind },
): { objection: Objection } | { debit_balance_fen: number; credit_balance_fen: number } {
  const { flow, amount_fen, pending_fen = 0 } = transfer;
  const resolves = flow === 'post' || flow === 'void';
  if (!resolves) {
    const objection = objectionTo(debit, credit, transfer);
    if (objection) return { objection };
  }
  const before = [{ ...debit }, { ...credit }] as const;
  if (resolves) {
    debit.debits_pending_fen -= pending_fen;
    credit.credits_pending_fen -= pending_fen;
  }
  if (flow === 'pending') {
    debit.debits_pending_fen += amount_fen;
    credit.credits_pending_fen += amount_fen;
  } else if (flow !== 'void') {
    debit.debits_posted_fen += amount_fen;
    credit.credits_posted_fen += amount_fen;
  }
  const short = [debit, credit].find((account) => account.is_bounded && availableOf(account) < 0);
  if (short) {
    Object.assign(debit, before[0]);
    Object.assign(credit, before[1]);
    return { objection: short.kind === 'budget_line' ? 'budget_exceeded' : 'balance_exceeded' };
  }
  return { debit_balance_fen: balanceOf(debit), credit_balance_fen: balanceOf(credit) };
}

function objectionTo(
  debit: Account,
  credit: Account,
  transfer: Pick<NewTransfer, 'category'> & { kind?: TransferKind },
): Objection | null {
  if (debit.closed_at || credit.closed_at) return 'account_closed';
  if (debit.currency !== credit.currency) return 'currencies_differ';
  // What was written by mistake goes back where it came from, whatever it was for.
  if (transfer.kind === 'reversal') return null;
  const category = transfer.category ?? null;
  const isInside = debit.kind === 'fund' || debit.kind === 'budget_line';
  // What was given for one thing alone is not mixed with anything else, so that it can be followed to the fen.
  if (isInside && credit.kind === 'budget_line' && isRestricted(credit)) return 'line_of_gifts';
  return keepsToGiver(debit, credit, category) ? null : 'restriction_broken';
}

/** Whether money that goes this way, for this, stays with what its giver allowed. Pure. */
export function keepsToGiver(debit: Account, credit: Account, category: string | null): boolean {
  const keeps = debit.kind === 'fund' ? keepsTo : debit.kind === 'budget_line' ? lineKeepsTo : () => true;
  return keeps(debit, credit, category);
}

/**
 * What leaves a fund keeps to what its giver allowed: for the projects and categories named. Where it goes says what it is
 * for: a budget line of a project, or a category of spending. Money that goes back to where it came from is free to.
 */
function keepsTo(fund: Account, to: Account, category: string | null): boolean {
  const { projects, categories } = fund.restriction;
  if (to.kind === 'income') return true;
  if (to.kind === 'fund') return honours(to.restriction, fund.restriction);
  // Another fund's line gives back to another fund.
  if (to.kind === 'budget_line' && isRestricted(fund) && to.fund_id !== fund.id) return false;
  const forProject = !projects?.length || (to.project_id !== null && projects.includes(to.project_id));
  // A word on the way in binds nobody on the way out: a line is for what it is for.
  const kind = to.kind === 'budget_line' ? to.category : (category ?? to.category);
  const forCategory = !categories?.length || (kind !== null && categories.includes(kind));
  return forProject && forCategory;
}

/**
 * What a line has is spent on its use, goes back to its fund, or into a line of the same fund for the same. What was given for
 * the line's use alone is spent on it, or lies in a fund that is kept to as much.
 */
function lineKeepsTo(line: Account, to: Account, category: string | null): boolean {
  if (isRestricted(line)) return restrictedLineKeepsTo(line, to, category);
  if (to.kind === 'fund') return to.id === line.fund_id;
  if (to.kind === 'budget_line')
    return to.fund_id === line.fund_id && to.category === line.category && to.project_id === line.project_id;
  return !line.category || category === null || category === line.category;
}

function restrictedLineKeepsTo(line: Account, to: Account, category: string | null): boolean {
  if (to.kind === 'fund') return to.id === line.fund_id && honours(to.restriction, line.restriction);
  return (to.kind === 'bank' || to.kind === 'advance') && (!line.category || category === line.category);
}
