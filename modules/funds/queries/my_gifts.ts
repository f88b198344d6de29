import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import { query } from '#platform/query.ts';
import { donationsBy, findDonor } from '../donation.store.ts';
import { receiptNumber } from '../donation.ts';

/** What the reader has given, the latest first, a page at a time, and whether their name is hidden in public. */
export const my_gifts = query({
  name: 'funds.my_gifts',
  reads: 'own',
  input: z.object({ before: z.uuid().optional(), limit: z.number().int().min(1).max(200).default(30) }),
  async run(ctx, { before, limit }) {
    const donor = ctx.actor.kind === 'person' && (await findDonor(ctx, { person_id: principalOf(ctx.actor) }));
    if (!donor) return { donor: null, gifts: [], next: null };
    const rows = await donationsBy(ctx, { donor_id: donor.id, before, limit: limit + 1 }, true);
    const page = rows.slice(0, limit);
    return {
      donor: { name: donor.name, is_hidden: donor.is_hidden },
      gifts: page.map(({ donor_id: _donor, ...gift }) => ({ ...gift, number: receiptNumber(gift) })),
      next: rows.length > limit ? page.at(-1)!.id : null,
    };
  },
});
