import { z } from 'zod';
import { leaveTraces } from '#modules/people/index.ts';
import { principalOf } from '#platform/actor.ts';
import { allows, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { donationsBy, findDonor } from '../donation.store.ts';
import { receiptNumber } from '../donation.ts';
import { fundPolicy } from '../fund.policy.ts';
import { isReversed } from '../transfer.store.ts';

/** A donation as its receipt says it, for whoever gave it and for those who keep the books. */
export const show_receipt = query({
  name: 'funds.show_receipt',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const [donation] = await donationsBy(ctx, { ids: [id], limit: 1 }, true);
    const donor = donation && (await findDonor(ctx, { id: donation.donor_id }));
    const isOwn = donor?.person_id && donor.person_id === principalOf(ctx.actor);
    const reads_books = allows(fundPolicy, 'read_books', generalRelations(ctx.actor));
    if (!donation || !(isOwn || reads_books)) notFound('donation', id);
    if (donor?.person_id && !isOwn) await leaveTraces(ctx, [donor.person_id], ['donations'], 'funds.reasons.receipt');
    const is_reversed = donation.transfer_id !== null && (await isReversed(ctx, donation.transfer_id));
    return { ...donation, is_reversed, number: receiptNumber(donation), community: ctx.community.names };
  },
});
