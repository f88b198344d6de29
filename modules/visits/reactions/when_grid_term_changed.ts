import { z } from 'zod';
import { gridWorkerOf } from '#modules/places/index.ts';
import { system } from '#platform/actor.ts';
import { command, perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import type { Event } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { moveDoors } from '../move_doors.ts';
import { unfinishedIn } from '../round.store.ts';

/** Whoever no longer works in a grid has nothing unfinished there: it goes to who answers for the grid now. */
const hand_over_grid = command({
  name: 'visits.hand_over_grid',
  input: z.object({ grid_id: z.uuid(), from_worker_id: z.uuid() }),
  async run(ctx, { grid_id, from_worker_id }) {
    const to_worker_id = await gridWorkerOf(ctx, grid_id);
    // Nobody answers there yet: the doors wait where they are, for the desk to hand over.
    if (!to_worker_id || to_worker_id === from_worker_id) return { moved: 0 };
    const doors = await unfinishedIn(ctx, from_worker_id, grid_id);
    return { moved: await moveDoors(ctx, doors, to_worker_id) };
  },
});

export const whenGridTermChanged = {
  name: 'visits.when_grid_term_changed',
  on: ['grid_term.ended'],
  async run(environment: Environment, community: Community, event: Event): Promise<void> {
    const caller = { actor: system, community, via: 'job', id: idFrom(event.id, 'visits.when_grid_term_changed') };
    await perform(environment, caller, hand_over_grid, {
      grid_id: event.subject_id,
      from_worker_id: event.data.person_id,
    });
  },
};
