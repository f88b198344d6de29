import { z } from 'zod';
import { allows, demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { countWaiting, stepsBefore, waitingForReview } from '../moderation.store.ts';

const PAGE = 50;
const WAITING_SHOWN = 100;

/** The public log of moderation, the latest first. */
export const list_moderation = query({
  name: 'forum.list_moderation',
  reads: 'nobody',
  input: z.object({ before: z.uuid().optional(), limit: z.number().int().min(1).max(500).default(PAGE) }),
  async run(ctx, { before, limit }) {
    const rows = await stepsBefore(ctx, { before, limit: limit + 1 });
    const steps = rows.slice(0, limit);
    return {
      steps,
      next: rows.length > limit ? steps.at(-1)!.id : null,
      may_moderate: allows(forumPolicy, 'moderate', forumRelations(ctx.actor)),
    };
  },
});

/** What waits for a moderator to read it. */
export const list_waiting = query({
  name: 'forum.list_waiting',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    demand(forumPolicy, 'moderate', forumRelations(ctx.actor), { kind: 'forum', id: ctx.community.id });
    return { waiting: await waitingForReview(ctx, WAITING_SHOWN) };
  },
});

/** How much waits to be read, for whoever may let it through; null for everybody else. */
export const count_waiting = query({
  name: 'forum.count_waiting',
  reads: 'nobody',
  input: z.object({}),
  run: async (ctx) => (allows(forumPolicy, 'moderate', forumRelations(ctx.actor)) ? countWaiting(ctx) : null),
});
