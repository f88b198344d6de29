/** What an account is. Its kind says on which side it grows and whether it may go below nothing. */
export const ACCOUNT_KINDS = ['bank', 'fund', 'budget_line', 'advance', 'income', 'expense'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];
export type Side = 'debit' | 'credit';

/** Money that is somewhere grows by debits; what it is there for grows by credits. */
const SHAPES: Record<AccountKind, { side: Side; is_bounded: boolean }> = {
  bank: { side: 'debit', is_bounded: true },
  fund: { side: 'credit', is_bounded: true },
  budget_line: { side: 'credit', is_bounded: true },
  advance: { side: 'debit', is_bounded: true },
  income: { side: 'credit', is_bounded: false },
  expense: { side: 'debit', is_bounded: false },
};

export function shapeOf(kind: AccountKind): { side: Side; is_bounded: boolean } {
  return SHAPES[kind];
}

export type Restriction = { projects?: string[]; categories?: string[] };

export type Account = {
  id: string;
  kind: AccountKind;
  names: { 'zh-CN': string; en: string };
  currency: string;
  side: Side;
  is_bounded: boolean;
  fund_id: string | null;
  project_id: string | null;
  category: string | null;
  holder_id: string | null;
  restriction: Restriction;
  closed_at: Date | null;
  moved_at: Date | null;
  debits_posted_fen: number;
  credits_posted_fen: number;
  debits_pending_fen: number;
  credits_pending_fen: number;
};

type Sums = Pick<
  Account,
  'side' | 'debits_posted_fen' | 'credits_posted_fen' | 'debits_pending_fen' | 'credits_pending_fen'
>;

/** What an account has, posted: never below nothing for a bounded one. */
export function balanceOf(account: Sums): number {
  const { side, debits_posted_fen, credits_posted_fen } = account;
  return side === 'debit' ? debits_posted_fen - credits_posted_fen : credits_posted_fen - debits_posted_fen;
}

/** What can still be taken from an account: its balance less what is already held back. */
export function availableOf(account: Sums): number {
  return balanceOf(account) - (account.side === 'debit' ? account.credits_pending_fen : account.debits_pending_fen);
}

/** Whether money in an account was given for something alone: a fund of such gifts, or the line of a fund that they fill. */
export const isRestricted = ({ restriction }: Pick<Account, 'restriction'>): boolean =>
  Boolean(restriction.projects?.length || restriction.categories?.length);

/** What everybody may look into; a bank account and what somebody has in hand are for those who read the books. */
export const isPublicKind = (kind: AccountKind): boolean => kind === 'fund' || kind === 'budget_line';
