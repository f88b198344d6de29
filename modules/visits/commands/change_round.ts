import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { changeRound, lockRound, takeDoorOut } from '../round.store.ts';
import { visitPolicy } from '../visit.policy.ts';

const key = { id: z.uuid(), expected_version: z.number().int().positive().optional() };

/** A round that has not ended, locked, for its worker or the desk. */
async function openRound(ctx: Ctx, { id, expected_version }: { id: string; expected_version?: number }) {
  const round = await lockRound(ctx, id);
  const relations = generalRelations(ctx.actor);
  if (round.worker_id === ctx.actor.id) relations.add('round_worker');
  demand(visitPolicy, 'show_round', relations, { kind: 'round', id });
  if (expected_version !== undefined && expected_version !== round.version)
    refuse('stale', { version: round.version }, { kind: 'round', id });
  if (round.ended_at) refuse('round_ended');
  return round;
}

/** Takes a door out of a round: it stays due, for another day. */
export const take_door_out = command({
  name: 'visits.take_door_out',
  input: z.object({ ...key, household_id: z.uuid() }),
  async run(ctx, input) {
    const round = await openRound(ctx, input);
    if (!(await takeDoorOut(ctx, round.id, input.household_id))) notFound('household', input.household_id);
    await changeRound(ctx, round.id, { version: round.version + 1 });
    record(ctx, 'round.door_taken_out', { kind: 'round', id: round.id }, { household_id: input.household_id });
    return { id: round.id, version: round.version + 1 };
  },
});

/** The round is over: doors without a visit are due again. */
export const end_round = command({
  name: 'visits.end_round',
  input: z.object(key),
  async run(ctx, input) {
    const round = await openRound(ctx, input);
    await changeRound(ctx, round.id, { ended_at: ctx.now, version: round.version + 1 });
    record(ctx, 'round.ended', { kind: 'round', id: round.id }, { doors: round.doors, visited: round.visited });
    return { id: round.id, version: round.version + 1 };
  },
});
