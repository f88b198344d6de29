import { instantOf } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { addRoundDoors, insertRound, type NewRoundDoor, openRoundOn, takeOffRounds } from './round.store.ts';

const MORNING = 540;
const BUDGET_MINUTES = 120;

/**
 * Moves doors that nobody has visited from the open rounds of others to the worker's round of the same day; one is begun
 * where there is none. Says how many moved.
 */
export async function moveDoors(ctx: Ctx, household_ids: readonly string[], to_worker_id: string): Promise<number> {
  const taken = await takeOffRounds(ctx, household_ids, to_worker_id);
  const byDay = Map.groupBy(taken, (door) => door.planned_on);
  for (const [planned_on, doors] of byDay) {
    const id = (await openRoundOn(ctx, to_worker_id, planned_on)) ?? (await beginRound(ctx, to_worker_id, planned_on));
    const once = new Map(doors.map((door): [string, NewRoundDoor] => [door.household_id, door]));
    await addRoundDoors(ctx, id, [...once.values()]);
    record(ctx, 'round.doors_handed_over', { kind: 'round', id }, { worker_id: to_worker_id, doors: once.size });
  }
  return taken.length;
}

async function beginRound(ctx: Ctx, worker_id: string, planned_on: string): Promise<string> {
  const id = ctx.newId<'round'>();
  const starts_at = instantOf(ctx.community.time_zone, planned_on, MORNING);
  await insertRound(ctx, {
    id,
    worker_id,
    planned_on,
    starts_at,
    budget_minutes: BUDGET_MINUTES,
    walk_metres: 0,
    walk_by: null,
  });
  return id;
}
