import { z } from 'zod';
import { addDays, dateIn } from '#platform/clock.ts';
import { allows, demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { roundsSince } from '../round.store.ts';
import { visitPolicy } from '../visit.policy.ts';

const LISTED = 100;

/** A worker's rounds of the last days and those to come; everybody's for the desk. */
export const list_rounds = query({
  name: 'visits.list_rounds',
  reads: 'nobody',
  input: z.object({ days: z.coerce.number().int().min(0).max(400).default(14), mine: z.boolean().default(false) }),
  async run(ctx, { days, mine }) {
    const relations = generalRelations(ctx.actor);
    demand(visitPolicy, 'see_due', relations, { kind: 'round', id: ctx.community.id });
    const everybody = allows(visitPolicy, 'plan_for_others', relations) && !mine;
    const since_on = addDays(dateIn(ctx.community.time_zone, ctx.now), -days);
    return roundsSince(ctx, { worker_id: everybody ? null : ctx.actor.id, since_on, limit: LISTED });
  },
});
