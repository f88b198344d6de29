import { z } from 'zod';
import { addDays, dateIn } from '#platform/clock.ts';
import { allows, demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { visitIds } from '../coverage.store.ts';
import { doorRelations, visitPolicy } from '../visit.policy.ts';
import { visitsByIds, withAllTold } from '../visit.store.ts';
import { OUTCOMES, SETTLED } from '../visit.ts';
import { traceDoors } from './list_due_doors.ts';

const PAGE = 40;

/** The visits behind a figure, newest first. Notes are shown where the reader works; those behind the doors can read that. */
export const list_visits = query({
  name: 'visits.list_visits',
  reads: 'others',
  leaves_trace: true,
  input: z.object({
    from_on: z.iso.date().optional(),
    to_on: z.iso.date().optional(),
    grid_id: z.uuid().optional(),
    occasion: z.string().max(40).optional(),
    outcome: z.enum(OUTCOMES).optional(),
    settled: z.enum(SETTLED).optional(),
    kept: z.boolean().optional(),
    alone: z.boolean().optional(),
    skewed: z.boolean().optional(),
    streak: z.boolean().optional(),
    reached: z.boolean().optional(),
    raised: z.boolean().optional(),
    after: z.coerce.number().int().min(0).max(100_000).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(PAGE),
  }),
  async run(ctx, { after, limit, ...filter }) {
    demand(visitPolicy, 'see_coverage', generalRelations(ctx.actor), { kind: 'visit', id: ctx.community.id });
    const to_on = filter.to_on ?? dateIn(ctx.community.time_zone, ctx.now);
    const ids = await visitIds(ctx, { ...filter, to_on, from_on: filter.from_on ?? addDays(to_on, -90) }, after, limit);
    const found = await visitsByIds(ctx, ids.slice(0, limit));
    const mine = found.filter((visit) =>
      allows(visitPolicy, 'show_visit', doorRelations(ctx.actor, visit, { visit_worker_id: visit.worker_id })),
    );
    await traceDoors(
      ctx,
      mine.map((visit) => visit.household_id),
      'people.reasons.visit_list',
      ['doors', 'visits'],
    );
    const visits = await withAllTold(ctx, mine.reverse());
    return { visits, next: ids.length > limit ? after + limit : null };
  },
});
