import { z } from 'zod';
import type { Ctx } from '#platform/context.ts';
import { query } from '#platform/query.ts';
import { ratesOf } from '../measures.ts';
import { countByDimension } from '../month_counts.ts';

const YEAR_MS = 365 * 86_400_000;
/** How old the figures may be. They say of which moment they are. */
export const PUBLIC_MEASURES_LAST_MS = 60_000;
const KEPT_COMMUNITIES = 100;
const kept = new Map<string, { at: Date; figures: ReturnType<typeof figuresOf> }>();

/**
 * How fast and how well the neighbourhood answered in the last year, in figures over all, for everybody alike. Every visitor
 * asks for them, so they are added up once a minute for all who ask.
 */
export const show_public_measures = query({
  name: 'requests.show_public_measures',
  reads: 'nobody',
  input: z.object({}),
  run(ctx) {
    const found = kept.get(ctx.community.id);
    const age_ms = found ? ctx.now.getTime() - found.at.getTime() : Number.NaN;
    if (found && age_ms >= 0 && age_ms < PUBLIC_MEASURES_LAST_MS) return found.figures;
    const figures = figuresOf(ctx);
    const entry = { at: ctx.now, figures };
    kept.delete(ctx.community.id);
    if (kept.size >= KEPT_COMMUNITIES) kept.delete(kept.keys().next().value!);
    kept.set(ctx.community.id, entry);
    figures.catch(() => kept.get(ctx.community.id) === entry && kept.delete(ctx.community.id));
    return figures;
  },
});

async function figuresOf(ctx: Ctx) {
  const groups = await countByDimension(ctx, new Date(ctx.now.getTime() - YEAR_MS), ctx.now);
  const all = groups.find((group) => group.dimension === 'all')!;
  return { measured_at: ctx.now, ...all, rates: ratesOf(all) };
}
