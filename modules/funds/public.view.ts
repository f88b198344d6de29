import type { ListedDonation } from './donation.store.ts';
import { receiptNumber } from './donation.ts';
import type { ListedSpending } from './spending.store.ts';

/** A gift as everybody may see it: never which gifts are of one giver who asked to be hidden. */
export function publicDonation({ donor_id, ...gift }: ListedDonation) {
  return { ...gift, number: receiptNumber(gift) };
}

/**
 * A spending as everybody may see it: who asked and who approved stay inside; what it was for, how much, how many receipts
 * there are, and their photos where nothing private is on them.
 */
export function publicSpending(spending: ListedSpending) {
  const { id, kind, amount_fen, purpose, category, payee_name, requested_at, decided_at } = spending;
  const { file_hashes, approver_ids, is_reversed, is_photo_public, debit_account_id, transfer_id } = spending;
  return {
    ...{ id, kind, amount_fen, purpose, category, payee_name, requested_at, decided_at, is_reversed },
    // What somebody has in hand bears their name.
    from_names: kind === 'advance' ? null : spending.from_names,
    ...{ debit_account_id, transfer_id },
    receipt_count: file_hashes.length,
    photos: is_photo_public ? file_hashes : [],
    approval_count: approver_ids.length,
  };
}
