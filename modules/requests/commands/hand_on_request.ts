import { z } from 'zod';
import { gridWorkerOf } from '#modules/places/index.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { openRequest } from '../open_request.ts';
import { id, reason, requestKey } from '../request.input.ts';
import { type RequestRow, takeStep } from '../request.store.ts';
import { holdsAnyRole, leastLoadedHandler } from '../routing.store.ts';

/** Gives the request to another owner with a reason. Clock and history stay as they are. */
export const hand_on_request = command({
  name: 'requests.hand_on_request',
  input: z.object({
    ...requestKey,
    to: z.union([
      z.object({ person_id: id }),
      z.object({ organisation_id: id }),
      z.object({ grid_worker: z.literal(true) }),
    ]),
    reason,
  }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'hand_on');
    const owner = await ownerFor(ctx, request, input.to);
    if (owner.owner_id === request.owner_id) refuse('already_owner', {}, { field: 'to' });
    const state = await takeStep(ctx, request, 'hand_on', owner, {
      public_note: input.reason,
      data: { from_owner_id: request.owner_id, to_owner_id: owner.owner_id },
    });
    return { id: request.id, state, version: request.version, ...owner };
  },
});

type Target = { person_id: string } | { organisation_id: string } | { grid_worker: true };

type NewOwner = { owner_id: string; owner_organisation_id: string | null };

async function ownerFor(ctx: Ctx, request: RequestRow, to: Target): Promise<NewOwner> {
  if ('person_id' in to) {
    if (!(await holdsAnyRole(ctx, to.person_id))) refuse('owner_unknown', {}, { field: 'to' });
    return { owner_id: to.person_id, owner_organisation_id: null };
  }
  if ('organisation_id' in to) {
    const owner_id = await leastLoadedHandler(ctx, to.organisation_id);
    if (!owner_id) refuse('no_handler', {}, { field: 'to' });
    return { owner_id, owner_organisation_id: to.organisation_id };
  }
  const owner_id = request.grid_id ? await gridWorkerOf(ctx, request.grid_id) : null;
  if (!owner_id) refuse('no_grid_worker', {}, { field: 'to' });
  return { owner_id, owner_organisation_id: null };
}
