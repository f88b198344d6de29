import { z } from 'zod';
import { query } from '#platform/query.ts';
import { donationsBy } from '../donation.store.ts';
import { daysOf, PERIOD } from '../period.ts';
import { publicDonation } from '../public.view.ts';

/** What was given, the latest first, a page at a time, into a fund and received in a period; whoever asked to be hidden is not named. */
export const list_gifts = query({
  name: 'funds.list_gifts',
  reads: 'nobody',
  input: z.object({
    fund_id: z.uuid().optional(),
    period: z.string().regex(PERIOD).optional(),
    before: z.uuid().optional(),
    limit: z.number().int().min(1).max(1000).default(30),
  }),
  async run(ctx, { fund_id, period, before, limit }) {
    const days = period ? daysOf(period) : {};
    const rows = await donationsBy(ctx, { fund_id, ...days, before, limit: limit + 1 }, false);
    const page = rows.slice(0, limit);
    return { gifts: page.map(publicDonation), next: rows.length > limit ? page.at(-1)!.id : null };
  },
});
