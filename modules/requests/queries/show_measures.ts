import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import type { Dimension } from '../measures.store.ts';
import { ratesOf } from '../measures.ts';
import { countByDimension } from '../month_counts.ts';
import { instant } from './filters.ts';

const LONGEST_DAYS = 800;

/**
 * How fast and how well the neighbourhood answers, over all and by grid, category, month; by owner for staff alone
 * (the public sees the neighbourhood's figures, nobody's scores).
 */
export const show_measures = query({
  name: 'requests.show_measures',
  reads: 'nobody',
  input: z.object({ from: instant.optional(), to: instant.optional() }),
  async run(ctx, input) {
    const to = input.to ?? ctx.now;
    const from = input.from ?? new Date(to.getTime() - 365 * 86_400_000);
    if (from >= to || to.getTime() - from.getTime() > LONGEST_DAYS * 86_400_000)
      refuse('period_invalid', { days: LONGEST_DAYS }, { field: 'from' });
    const groups = (await countByDimension(ctx, from, to)).map((group) => ({ ...group, rates: ratesOf(group) }));
    const by = (dimension: Dimension) => groups.filter((group) => group.dimension === dimension && group.key !== null);
    return {
      from,
      to,
      all: groups.find((group) => group.dimension === 'all')!,
      by_grid: by('grid'),
      by_category: by('category'),
      by_month: by('month'),
      by_owner: isStaff(ctx.actor) ? by('owner') : [],
    };
  },
});
