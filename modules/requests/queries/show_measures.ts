import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { keepAMinute, MEASURES_LAST_MS } from '../keep_a_minute.ts';
import type { Dimension } from '../measures.store.ts';
import { ratesOf } from '../measures.ts';
import { countByDimension } from '../month_counts.ts';
import { instant } from './filters.ts';

const LONGEST_DAYS = 800;
const YEAR_MS = 365 * 86_400_000;
const input = z.object({ from: instant.optional(), to: instant.optional() });
type Asked = z.infer<typeof input>;

/**
 * How fast and how well the neighbourhood answers, over all and by grid, category, month; by owner for staff alone
 * (the public sees the neighbourhood's figures, nobody's scores).
 */
export const show_measures = query({
  name: 'requests.show_measures',
  reads: 'nobody',
  input,
  run: (ctx, asked) => measuresOf(ctx, periodOf(asked, ctx.now)),
});

const kept = keepAMinute<Awaited<ReturnType<typeof measuresOf>>>();

/**
 * As `show_measures`, up to the last full minute where no end is said, for programs that ask again and again: whoever asks
 * within the minute for the same gets the same, added up once.
 */
export const show_measures_of_minute = query({
  name: 'requests.show_measures_of_minute',
  reads: 'nobody',
  input,
  run(ctx, asked) {
    const period = periodOf(asked, new Date(Math.floor(ctx.now.getTime() / MEASURES_LAST_MS) * MEASURES_LAST_MS));
    const key = [period.from.toISOString(), period.to.toISOString(), isStaff(ctx.actor)].join('/');
    return kept(ctx, key, () => measuresOf(ctx, period));
  },
});

function periodOf(asked: Asked, now: Date): { from: Date; to: Date } {
  const to = asked.to ?? now;
  const from = asked.from ?? new Date(to.getTime() - YEAR_MS);
  if (from >= to || to.getTime() - from.getTime() > LONGEST_DAYS * 86_400_000)
    refuse('period_invalid', { days: LONGEST_DAYS }, { field: 'from' });
  return { from, to };
}

async function measuresOf(ctx: Ctx, { from, to }: { from: Date; to: Date }) {
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
}
