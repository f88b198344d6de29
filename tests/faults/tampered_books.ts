import * as log from '#modules/log/index.ts';
import { newId } from '#platform/ids.ts';
import { another, ID, sum, type Tampered } from './tampered.ts';

export const MONEY: Record<string, Tampered> = {
  transfers: {
    ...{ key: 'id::text', weight: 3 },
    copy: { ...ID, sequence: 1_000_000, flow: 'posted', pending_id: null, reverses_id: null },
    edits: [
      ...['amount_fen = amount_fen + 1', "reason = 'x'", "at = at + interval '1 day'", another('actor_id')],
      ...['effective_on = effective_on - 40', 'debit_balance_fen = debit_balance_fen + 5', "category = 'other'"],
      ...[`${another('cause_id')}, cause_kind = 'x'`, "kind = 'interest'"],
      'debit_account_id = credit_account_id, credit_account_id = debit_account_id',
    ],
  },
  accounts: {
    key: 'id::text',
    edits: [
      ...[sum('debits_posted_fen', 'credits_posted_fen'), "currency = 'USD'", another('project_id')],
      'restriction = \'{"projects": []}\'',
    ],
  },
  closed_months: { key: 'month::text', edits: [sum('amount_fen'), 'transfer_count = transfer_count - 1'] },
  donations: {
    key: 'id::text',
    edits: [
      ...['received_on = received_on - 1', "description = 'x'", another('donor_id')],
      'receipt_number = receipt_number + 100',
    ],
  },
  spendings: {
    key: 'id::text',
    edits: [
      ...[sum('amount_fen'), "purpose = 'x'", "category = 'care'", 'approvals_needed = 3 - approvals_needed'],
      'is_photo_public = not is_photo_public',
    ],
  },
  spending_approvals: { key: "spending_id || '/' || approver_id", edits: [another('approver_id')] },
  spending_files: { key: "spending_id || '/' || file_hash", edits: ["file_hash = 'e'"] },
  monthly_spending: { key: "account_id || '/' || category || '/' || month", edits: [sum('amount_fen'), sum('count')] },
  receipt_numbers: { key: 'year::text', edits: [sum('last_number')] },
  pledges: {
    key: 'id::text',
    edits: [
      ...[sum('amount_fen'), sum('due_on'), 'wish = \'{"projects": []}\''],
      `lapsed_at = case when lapsed_at is null then now() end, lapsed_by_id = case when lapsed_at is null then '${newId()}'::uuid end`,
    ],
  },
  pledge_donations: { key: "pledge_id || '/' || donation_id", edits: [another('donation_id')] },
  grants: { key: 'id::text', edits: [sum('amount_fen'), "party_identifier = 'x'", sum('awarded_on')] },
  grant_instalments: {
    key: "grant_id || '/' || number",
    edits: [sum('amount_fen'), "condition = 'x'", another('spending_id')],
  },
  advances: { key: 'spending_id::text', edits: [sum('due_on'), another('account_id')] },
  campaigns: { key: 'id::text', edits: [sum('ends_on'), 'starts_on = starts_on - 1', "filed_number = 'x'"] },
  disclosures: { key: 'id::text', edits: ["text = text || ' '", "sha256 = repeat('0', 64)", sum('until_on')] },
};

export const LOG: Record<string, Tampered> = {
  events: {
    ...{ key: 'id::text', weight: 2, only: `where kind ~ '${log.LOGGED}'`, copy: ID },
    edits: [
      ...['data = data || \'{"amount_fen": 1}\'', "at = at - interval '1 second'", another('actor_id')],
      ...["kind = 'motion.put'", another('subject_id')],
    ],
  },
  log_leaves: { key: 'leaf_index::text', edits: ["leaf_hash = sha256('x')", another('event_id')] },
  log_nodes: { key: "level || '/' || node_index", edits: ["hash = sha256('x')"] },
  log_heads: {
    key: 'size::text',
    edits: ["root = sha256('x')", "note = note || ' '", "note = replace(note, 'yingmen', 'yingmem')"],
  },
};
