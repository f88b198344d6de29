import { z } from 'zod';
import { leaveTraces } from '#modules/people/index.ts';
import { principalOf } from '#platform/actor.ts';
import { allows, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { donationsBy, findDonor } from '../donation.store.ts';
import { receiptNumber } from '../donation.ts';
import { fundPolicy } from '../fund.policy.ts';

const MOST = 2_000;

/** All that somebody gave between two days, gift by gift with its receipt: for them, and for those who keep the books. */
export const show_donor_statement = query({
  name: 'funds.show_donor_statement',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ donor_id: z.uuid().optional(), from_on: z.iso.date(), until_on: z.iso.date() }),
  async run(ctx, { donor_id, from_on, until_on }) {
    if (until_on < from_on) refuse('ends_before_start', {}, { field: 'until_on' });
    const me = principalOf(ctx.actor);
    const donor = await findDonor(ctx, donor_id ? { id: donor_id } : { person_id: me });
    const isOwn = donor?.person_id === me;
    if (!donor || !(isOwn || allows(fundPolicy, 'read_books', generalRelations(ctx.actor))))
      notFound('donor', donor_id ?? me);
    if (donor.person_id && !isOwn) await leaveTraces(ctx, [donor.person_id], ['donations'], 'funds.reasons.statement');
    const found = await donationsBy(ctx, { donor_id: donor.id, from_on, until_on, limit: MOST }, true);
    const gifts = found.reverse().map((one) => ({ ...one, number: receiptNumber(one) }));
    const sum = (pick: (one: (typeof gifts)[number]) => number | null) =>
      gifts.reduce((total, one) => total + (pick(one) ?? 0), 0);
    return {
      ...{ from_on, until_on, donor: { id: donor.id, name: donor.name, is_own: isOwn } },
      ...{ gifts, given_fen: sum((one) => one.amount_fen), given_hours: sum((one) => one.hours) },
      is_cut: found.length === MOST,
    };
  },
});
