import { z } from 'zod';
import { command } from '#platform/command.ts';
import { demand } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { giveDoors, isGridWorker } from '../door.store.ts';
import { moveDoors } from '../move_doors.ts';
import { doorRelations, visitPolicy } from '../visit.policy.ts';
import { doorsByIds } from '../visit.store.ts';

/**
 * Gives doors to another worker from now on. What is unfinished on open rounds moves to that worker's round of the same
 * day; what was visited stays counted with whoever went.
 */
export const hand_over_doors = command({
  name: 'visits.hand_over_doors',
  input: z.object({
    household_ids: z.array(z.uuid()).min(1).max(500),
    to_worker_id: z.uuid(),
    reason: z.string().trim().min(1).max(300),
  }),
  async run(ctx, { household_ids, to_worker_id, reason }) {
    const ids = [...new Set(household_ids)];
    const doors = await doorsByIds(ctx, ids);
    if (doors.length < ids.length) refuse('household_unknown', {}, { field: 'household_ids' });
    for (const door of doors)
      demand(visitPolicy, 'hand_over', doorRelations(ctx.actor, door), { kind: 'household', id: door.id });
    if (!(await isGridWorker(ctx, to_worker_id))) refuse('not_a_grid_worker', {}, { field: 'to_worker_id' });
    await giveDoors(ctx, ids, to_worker_id, reason);
    const moved = await moveDoors(ctx, ids, to_worker_id);
    return { doors: ids.length, moved };
  },
});
