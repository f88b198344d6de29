import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { command, perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { type Event, record } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { beginTerm, endTerms, worksInGrid } from '../grid_term.store.ts';

/**
 * Whoever is made grid worker of a grid answers for it, and no longer when the role ends. It looks at the role as it is
 * now, so that facts told out of order or twice come to the same.
 */
const keep_grid_term = command({
  name: 'places.keep_grid_term',
  input: z.object({ person_id: z.uuid(), grid_id: z.uuid() }),
  async run(ctx, { person_id, grid_id }) {
    const works = await worksInGrid(ctx, person_id, grid_id);
    const changed = await (works ? beginTerm : endTerms)(ctx, person_id, grid_id);
    if (changed)
      record(ctx, works ? 'grid_term.begun' : 'grid_term.ended', { kind: 'grid', id: grid_id }, { person_id });
    return { changed };
  },
});

export const whenRoleChanged = {
  name: 'places.when_role_changed',
  on: ['role.granted', 'role.ended'],
  async run(environment: Environment, community: Community, event: Event): Promise<void> {
    if (event.data.role !== 'grid_worker' || event.data.scope_kind !== 'grid') return;
    const caller = { actor: system, community, via: 'job', id: idFrom(event.id, 'places.when_role_changed') };
    const input = { person_id: event.subject_id, grid_id: event.data.scope_id };
    await perform(environment, caller, keep_grid_term, input);
  },
};
