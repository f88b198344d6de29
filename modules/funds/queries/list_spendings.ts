import { z } from 'zod';
import { beginningOf } from '#platform/clock.ts';
import { query } from '#platform/query.ts';
import { monthsOf, PERIOD } from '../period.ts';
import { publicSpending } from '../public.view.ts';
import { spendingsBy } from '../spending.store.ts';

/** What was spent, the latest first, a page at a time: of a fund with its budget lines or of one account, on a use, in a period. */
export const list_spendings = query({
  name: 'funds.list_spendings',
  reads: 'nobody',
  input: z.object({
    fund_id: z.uuid().optional(),
    account_id: z.uuid().optional(),
    category: z
      .string()
      .regex(/^[a-z0-9_]{1,60}$/)
      .optional(),
    period: z.string().regex(PERIOD).optional(),
    before: z.uuid().optional(),
    limit: z.number().int().min(1).max(1000).default(30),
  }),
  async run(ctx, { period, limit, ...by }) {
    const months = period ? monthsOf(period) : undefined;
    const within = months && {
      from: beginningOf(ctx.community.time_zone, months.from),
      until: beginningOf(ctx.community.time_zone, months.until),
    };
    const rows = await spendingsBy(ctx, { ...by, ...within, state: 'posted', limit: limit + 1 }, false);
    const page = rows.slice(0, limit);
    return { spendings: page.map(publicSpending), next: rows.length > limit ? page.at(-1)!.id : null };
  },
});
