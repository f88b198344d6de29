import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { lastCheckRun } from '../check.store.ts';

/** What the standing check found the last time it ran. */
export const last_check = query({
  name: 'insight.last_check',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    if (!isStaff(ctx.actor)) notFound('check', ctx.community.id);
    return (await lastCheckRun(ctx)) ?? null;
  },
});
