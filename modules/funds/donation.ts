import { sha256 } from '#platform/crypto.ts';

export const DONATION_KINDS = ['money', 'goods', 'hours'] as const;
export type DonationKind = (typeof DONATION_KINDS)[number];

/** A receipt's number as it is printed and searched for: the year and a number without gaps. */
export function receiptNumber(donation: { receipt_year: number; receipt_number: number }): string {
  return `${donation.receipt_year}-${String(donation.receipt_number).padStart(6, '0')}`;
}

/** What the log says instead of who gave and what was written about it: a hash that shows that both still stand. */
export const sealOfDonation = (donation: { id: string; donor_id: string; description: string | null }): string =>
  sha256([donation.id, donation.donor_id, donation.description ?? ''].join('/')).toString('hex');
