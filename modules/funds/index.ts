export { accountsBy, findAccount, wrongSums } from './account.store.ts';
export { ACCOUNT_KINDS, type Account, type AccountKind, availableOf, balanceOf, type Restriction } from './account.ts';
export {
  BANK_COLUMNS,
  type BankColumn,
  type BankFormat,
  type BankRow,
  cellText,
  formatOf,
  neededColumns,
  readEntry,
} from './bank_format.ts';
export { bankFormats } from './bank_formats.ts';
export { approve_spending, refuse_spending } from './commands/approve_spending.ts';
export { close_month } from './commands/close_month.ts';
export { import_bank_statement } from './commands/import_bank_statement.ts';
export { leave_bank_line, match_bank_line, reopen_bank_line } from './commands/match_bank_line.ts';
export { close_account, open_account } from './commands/open_account.ts';
export { post_transfers } from './commands/post_transfers.ts';
export { record_donation } from './commands/record_donation.ts';
export { request_spending } from './commands/request_spending.ts';
export { post_pending, reverse_transfer, void_pending } from './commands/resolve_transfer.ts';
export { show_my_name } from './commands/show_my_name.ts';
export { charge_from_bank_line, give_from_bank_line, spend_from_bank_line } from './commands/write_from_bank_line.ts';
export { DONATION_KINDS, receiptNumber } from './donation.ts';
export { fundPolicy } from './fund.policy.ts';
export { ledgerWitness } from './ledger_witness.store.ts';
export { beginningOf, monthsOf, PERIOD } from './period.ts';
export { type NewPosting, postTransfers } from './post_transfers.ts';
export { list_bank_formats } from './queries/list_bank_formats.ts';
export { list_budget_lines } from './queries/list_budget_lines.ts';
export { list_gifts } from './queries/list_gifts.ts';
export { list_held } from './queries/list_held.ts';
export { list_open_accounts } from './queries/list_open_accounts.ts';
export { list_spendings } from './queries/list_spendings.ts';
export { may_see_receipt_photo } from './queries/may_see_receipt_photo.ts';
export { my_gifts } from './queries/my_gifts.ts';
export { my_rights } from './queries/my_rights.ts';
export { show_balance } from './queries/show_balance.ts';
export { show_desk } from './queries/show_desk.ts';
export { show_gift } from './queries/show_gift.ts';
export { show_ledger } from './queries/show_ledger.ts';
export { show_receipt } from './queries/show_receipt.ts';
export { show_reconciliation } from './queries/show_reconciliation.ts';
export { show_spending } from './queries/show_spending.ts';
export { show_statement } from './queries/show_statement.ts';
export { show_transfer } from './queries/show_transfer.ts';
export { spendingsBy } from './spending.store.ts';
export { approvalLimit, SPENDING_KINDS, SPENDING_SIDES } from './spending.ts';
export { spendingCategories } from './spending_category.ts';
export { balanceAt, findTransfer, type TransferRow } from './transfer.store.ts';
export { TRANSFER_KINDS, type TransferKind } from './transfer.ts';
