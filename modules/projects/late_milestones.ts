import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { DAY_MS, dateIn } from '#platform/clock.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { ask, query } from '#platform/query.ts';
import { escalate_milestone } from './commands/deliver_milestone.ts';
import { milestonesToWatch } from './milestone.store.ts';
import { NEAR_DAYS } from './milestone.ts';

const AT_ONCE = 200;

const milestones_to_watch = query({
  name: 'projects.milestones_to_watch',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'system') return [];
    const dayAfter = (days: number) => dateIn(ctx.community.time_zone, new Date(ctx.now.getTime() + days * DAY_MS));
    return milestonesToWatch(ctx, dayAfter(NEAR_DAYS), dayAfter(0), AT_ONCE);
  },
});

/** Says of milestones that they are due soon or late; how many. Safe to repeat at any time. */
export async function watchMilestones(environment: Environment, community: Community): Promise<number> {
  const caller = { actor: system, community, via: 'job' };
  const ids = await ask(environment, caller, milestones_to_watch, {});
  for (const milestone_id of ids) await perform(environment, caller, escalate_milestone, { milestone_id });
  return ids.length;
}
