import { z } from 'zod';
import type { Ctx } from '#platform/context.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { type ConflictRow, conflictList } from '../conflict.store.ts';
import { visitPolicy } from '../visit.policy.ts';
import { visitsByIds, withAllTold } from '../visit.store.ts';
import { traceDoors } from './list_due_doors.ts';

const PAGE = 20;

/** Conflicts with both accounts whole, side by side: those that wait for a decision, or those decided. */
export const list_conflicts = query({
  name: 'visits.list_conflicts',
  reads: 'others',
  leaves_trace: true,
  input: z.object({
    decided: z.boolean().default(false),
    after: z.number().int().min(0).max(100_000).default(0),
    limit: z.number().int().min(1).max(100).default(PAGE),
  }),
  async run(ctx, { decided, after, limit }) {
    demand(visitPolicy, 'decide_conflict', generalRelations(ctx.actor), { kind: 'conflict', id: ctx.community.id });
    const found = await conflictList(ctx, !decided, after, limit + 1);
    const conflicts = found.slice(0, limit);
    await traceDoors(
      ctx,
      conflicts.map((one) => one.household_id),
      'people.reasons.visit_conflict',
      ['doors', 'visits'],
    );
    const told = await accountsOf(ctx, conflicts);
    return {
      conflicts: conflicts.map((conflict) => ({
        ...conflict,
        accounts: visitsOf(conflict).flatMap((id) => told.get(id) ?? []),
      })),
      next: found.length > limit ? after + limit : null,
    };
  },
});

/** The visit that stood first before the one that brought the conflict. */
const visitsOf = ({ visit_id, other_visit_id }: ConflictRow) => [...(other_visit_id ? [other_visit_id] : []), visit_id];

/** The visits of conflicts with all that was written, by id. */
async function accountsOf(ctx: Ctx, conflicts: readonly ConflictRow[]) {
  const visits = await withAllTold(ctx, await visitsByIds(ctx, [...new Set(conflicts.flatMap(visitsOf))]));
  return new Map(visits.map((visit) => [visit.id, visit]));
}
