import { z } from 'zod';
import { addDays, dateIn, instantOf } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { allows, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { isGridWorker } from '../door.store.ts';
import { planWalk } from '../plan_walk.ts';
import { addRoundDoors, insertRound } from '../round.store.ts';
import { visitPolicy } from '../visit.policy.ts';

export const FURTHEST_DAYS = 14;

/**
 * Plans a worker's doors for a day: the most urgent that fit into the time, or the ones that were picked, by building and
 * stair, floors from the top down, the way between buildings short. Doors that stand on somebody's round already, or
 * asked not to be knocked at, are left out.
 */
export const plan_round = command({
  name: 'visits.plan_round',
  input: z.object({
    worker_id: z.uuid().optional(),
    planned_on: z.iso.date(),
    starts_at_minute: z.number().int().min(0).max(1439).default(540),
    budget_minutes: z.number().int().min(10).max(720).default(120),
    occasions: z.array(z.string().max(40)).max(30).optional(),
    household_ids: z.array(z.uuid()).max(300).optional(),
    from: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  }),
  async run(ctx, input) {
    const worker_id = input.worker_id ?? ctx.actor.id;
    const relations = generalRelations(ctx.actor);
    if (!allows(visitPolicy, worker_id === ctx.actor.id ? 'plan' : 'plan_for_others', relations))
      notFound('person', worker_id);
    if (!(await isGridWorker(ctx, worker_id))) refuse('not_a_grid_worker', {}, { field: 'worker_id' });
    const today = dateIn(ctx.community.time_zone, ctx.now);
    if (input.planned_on < today) refuse('date_past', {}, { field: 'planned_on' });
    if (input.planned_on > addDays(today, FURTHEST_DAYS))
      refuse('date_too_far', { days: FURTHEST_DAYS }, { field: 'planned_on' });
    const { doors, walk_metres, walk_by, minutes } = await planWalk(ctx, worker_id, input);
    if (doors.length === 0) refuse('no_doors_due');
    const id = ctx.newId<'round'>();
    const { planned_on, budget_minutes } = input;
    await insertRound(ctx, {
      id,
      worker_id,
      planned_on,
      budget_minutes,
      walk_metres,
      walk_by,
      starts_at: instantOf(ctx.community.time_zone, planned_on, input.starts_at_minute),
    });
    await addRoundDoors(ctx, id, doors);
    record(ctx, 'round.planned', { kind: 'round', id }, { worker_id, doors: doors.length });
    return { id, doors: doors.length, minutes, walk_metres, walk_by };
  },
});
