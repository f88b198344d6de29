import { z } from 'zod';
import { addDays, dateIn, daysBetween } from '#platform/clock.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { countOpenConflicts } from '../conflict.store.ts';
import { coverageOf } from '../coverage.store.ts';
import { visitPolicy } from '../visit.policy.ts';

const LONGEST_DAYS = 800;

/** What knocking came to, over all, by occasion and by grid. No figure is about a household. */
export const show_coverage = query({
  name: 'visits.show_coverage',
  reads: 'nobody',
  input: z.object({ from_on: z.iso.date().optional(), to_on: z.iso.date().optional() }),
  async run(ctx, input) {
    demand(visitPolicy, 'see_coverage', generalRelations(ctx.actor), { kind: 'coverage', id: ctx.community.id });
    const to_on = input.to_on ?? dateIn(ctx.community.time_zone, ctx.now);
    const from_on = input.from_on ?? addDays(to_on, -90);
    if (from_on > to_on || daysBetween(from_on, to_on) > LONGEST_DAYS)
      refuse('period_invalid', { days: LONGEST_DAYS }, { field: 'from_on' });
    const groups = await coverageOf(ctx, { from_on, to_on });
    return {
      ...{ from_on, to_on },
      all: groups.find((group) => group.dimension === 'all')!,
      by_occasion: groups.filter((group) => group.dimension === 'occasion'),
      by_grid: groups.filter((group) => group.dimension === 'grid'),
      open_conflicts: await countOpenConflicts(ctx),
    };
  },
});
