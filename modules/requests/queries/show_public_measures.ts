import { z } from 'zod';
import type { Ctx } from '#platform/context.ts';
import { query } from '#platform/query.ts';
import { keepAMinute } from '../keep_a_minute.ts';
import { ratesOf } from '../measures.ts';
import { countByDimension } from '../month_counts.ts';

const YEAR_MS = 365 * 86_400_000;
const kept = keepAMinute<Awaited<ReturnType<typeof figuresOf>>>();

/**
 * How fast and how well the neighbourhood answered in the last year, in figures over all, for everybody alike. Every visitor
 * asks for them, so they are added up once a minute for all who ask.
 */
export const show_public_measures = query({
  name: 'requests.show_public_measures',
  reads: 'nobody',
  input: z.object({}),
  run: (ctx) => kept(ctx, 'all', () => figuresOf(ctx)),
});

async function figuresOf(ctx: Ctx) {
  const groups = await countByDimension(ctx, new Date(ctx.now.getTime() - YEAR_MS), ctx.now);
  const all = groups.find((group) => group.dimension === 'all')!;
  return { measured_at: ctx.now, ...all, rates: ratesOf(all) };
}
