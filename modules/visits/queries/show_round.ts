import { z } from 'zod';
import { minuteOfDay } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { knockingHours, nextKnock } from '../quiet.ts';
import { doorsOfRound, roundById } from '../round.store.ts';
import { visitPolicy } from '../visit.policy.ts';
import { traceDoors } from './list_due_doors.ts';

/** A round for its worker or the desk: its doors in order, each with what became of it. */
export const show_round = query({
  name: 'visits.show_round',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const round = await roundFor(ctx, id);
    const doors = await doorsOfRound(ctx, id);
    await traceDoors(
      ctx,
      doors.map((door) => door.household_id),
      'people.reasons.round',
    );
    const hours = knockingHours(ctx.community.settings);
    const minute = minuteOfDay(ctx.community.time_zone, ctx.now);
    const next_knock_minute = nextKnock(hours, minute);
    return { ...round, doors_in_order: doors, hours, is_quiet: next_knock_minute !== minute, next_knock_minute };
  },
});

/** A round as far as this reader may see it. */
export async function roundFor(ctx: Ctx, id: string) {
  const round = await roundById(ctx, id);
  const relations = generalRelations(ctx.actor);
  if (round.worker_id === ctx.actor.id) relations.add('round_worker');
  demand(visitPolicy, 'show_round', relations, { kind: 'round', id });
  return round;
}
