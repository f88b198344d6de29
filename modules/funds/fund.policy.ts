import type { Policy } from '#platform/policy.ts';

export type FundAction =
  | 'read_public'
  | 'read_books'
  | 'open_account'
  | 'post'
  | 'approve'
  | 'close_month'
  | 'reconcile';

/**
 * Who may do what with money. The treasurer writes; whoever approves is somebody else (`spending.ts` sees to that); the
 * auditor reads everything and writes nothing. Everybody may read the public ledger.
 */
export const fundPolicy: Policy<FundAction> = {
  read_public: ['anybody'],
  read_books: ['treasurer', 'auditor', 'secretary', 'system'],
  open_account: ['treasurer', 'system'],
  post: ['treasurer', 'system'],
  approve: ['treasurer', 'secretary', 'council_signatory'],
  close_month: ['treasurer', 'system'],
  reconcile: ['treasurer', 'system'],
};
