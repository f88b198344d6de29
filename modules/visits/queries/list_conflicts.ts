import { z } from 'zod';
import type { Ctx } from '#platform/context.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { type ConflictRow, conflictList } from '../conflict.store.ts';
import { visitPolicy } from '../visit.policy.ts';
import { visitsByIds, withAllTold } from '../visit.store.ts';
import { traceDoors } from './list_due_doors.ts';

const LISTED = 20;

/** Conflicts with both accounts whole, side by side: those that wait for a decision, or those decided. */
export const list_conflicts = query({
  name: 'visits.list_conflicts',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ decided: z.boolean().default(false) }),
  async run(ctx, { decided }) {
    demand(visitPolicy, 'decide_conflict', generalRelations(ctx.actor), { kind: 'conflict', id: ctx.community.id });
    const conflicts = await conflictList(ctx, !decided, LISTED);
    await traceDoors(
      ctx,
      conflicts.map((one) => one.household_id),
      'people.reasons.visit_conflict',
      ['doors', 'visits'],
    );
    const shown = [];
    for (const conflict of conflicts) shown.push({ ...conflict, accounts: await accountsOf(ctx, conflict) });
    return shown;
  },
});

/** The visits of a conflict, the one that stood first before the one that brought the conflict, with all that was written. */
async function accountsOf(ctx: Ctx, { visit_id, other_visit_id }: ConflictRow) {
  const visits = await visitsByIds(
    ctx,
    [other_visit_id, visit_id].filter((id) => id !== null),
  );
  return withAllTold(
    ctx,
    visits.sort((a) => (a.id === other_visit_id ? -1 : 1)),
  );
}
