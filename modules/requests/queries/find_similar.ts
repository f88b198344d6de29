import { z } from 'zod';
import { findNearDuplicates } from '#engines/text_router/index.ts';
import { query } from '#platform/query.ts';
import { selectCandidates } from '../similar.store.ts';
import { instant } from './filters.ts';

const RADIUS_METRES = 300;
const SINCE_DAYS = 90;
/** Judging costs a fraction of a millisecond each. */
const CANDIDATES = 40;

/**
 * Open requests that are probably about the same matter, the likeliest first. The database finds candidates by place,
 * time and words; the engine judges text, place and time together.
 */
export const find_similar = query({
  name: 'requests.find_similar',
  reads: 'nobody',
  input: z.object({
    text: z.string().max(4000),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    /** When it was told; now for what is being told. */
    told_at: instant.optional(),
    not_id: z.uuid().optional(),
    limit: z.number().int().min(1).max(10).default(5),
  }),
  async run(ctx, { limit, told_at = ctx.now, ...need }) {
    const since = new Date(told_at.getTime() - SINCE_DAYS * 86_400_000);
    const candidates = await selectCandidates(ctx, { ...need, radius_metres: RADIUS_METRES, since, limit: CANDIDATES });
    return findNearDuplicates({ ...need, told_at }, candidates, { limit }).map((found) => ({
      ...found.need,
      probability: found.probability,
      metres: found.metres,
    }));
  },
});
