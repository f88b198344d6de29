export { accountsBy, findAccount, findRestrictedLine, wrongSums } from './account.store.ts';
export { ACCOUNT_KINDS, type Account, type AccountKind, availableOf, balanceOf, type Restriction } from './account.ts';
export { ADVANCE_DAYS } from './advance.ts';
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
export { give_advance, return_advance } from './commands/give_advance.ts';
export { import_bank_statement } from './commands/import_bank_statement.ts';
export { import_grants } from './commands/import_grants.ts';
export { keep_pledge, lapse_pledge, make_pledge } from './commands/make_pledge.ts';
export { leave_bank_line, match_bank_line, reopen_bank_line } from './commands/match_bank_line.ts';
export { close_account, open_account } from './commands/open_account.ts';
export { post_transfers } from './commands/post_transfers.ts';
export { end_campaign, publish_disclosure, start_campaign } from './commands/publish_disclosure.ts';
export { record_donation } from './commands/record_donation.ts';
export { remind_of_money } from './commands/remind_of_money.ts';
export { request_spending } from './commands/request_spending.ts';
export { post_pending, reverse_transfer, void_pending } from './commands/resolve_transfer.ts';
export { show_my_name } from './commands/show_my_name.ts';
export { charge_from_bank_line, give_from_bank_line, spend_from_bank_line } from './commands/write_from_bank_line.ts';
export { meet_condition, pay_instalment, receive_instalment, write_grant } from './commands/write_grant.ts';
export { DONATION_KINDS, receiptNumber } from './donation.ts';
export { fundPolicy } from './fund.policy.ts';
export { GRANT_DIRECTIONS } from './grant.ts';
export { ledgerWitness } from './ledger_witness.store.ts';
export { monthsOf, PERIOD } from './period.ts';
export { type NewPosting, postTransfers } from './post_transfers.ts';
export { list_advances } from './queries/list_advances.ts';
export { list_approvers } from './queries/list_approvers.ts';
export { list_bank_formats } from './queries/list_bank_formats.ts';
export { list_budget_lines } from './queries/list_budget_lines.ts';
export { draft_disclosure, list_disclosures, show_disclosure } from './queries/list_disclosures.ts';
export { list_gifts } from './queries/list_gifts.ts';
export { export_grants, list_grants } from './queries/list_grants.ts';
export { list_held } from './queries/list_held.ts';
export { list_open_accounts } from './queries/list_open_accounts.ts';
export { list_pledges } from './queries/list_pledges.ts';
export { list_spendings } from './queries/list_spendings.ts';
export { may_see_receipt_photo } from './queries/may_see_receipt_photo.ts';
export { my_gifts } from './queries/my_gifts.ts';
export { my_rights } from './queries/my_rights.ts';
export { my_spendings } from './queries/my_spendings.ts';
export { show_balance } from './queries/show_balance.ts';
export { show_desk } from './queries/show_desk.ts';
export { show_donor_statement } from './queries/show_donor_statement.ts';
export { show_gift } from './queries/show_gift.ts';
export { show_ledger } from './queries/show_ledger.ts';
export { show_period_statement } from './queries/show_period_statement.ts';
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
