import { z } from 'zod';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { sessionsBy } from '../session.store.ts';
import { phaseOf } from '../session.ts';

const PAGE = 20;

/** Sessions to come, the next first, or past ones, the latest first; everybody may see them. */
export const list_sessions = query({
  name: 'forum.list_sessions',
  reads: 'nobody',
  input: z.object({
    when: z.enum(['coming', 'past', 'all']).default('coming'),
    offset: z.number().int().min(0).max(10_000).default(0),
    limit: z.number().int().min(1).max(500).default(PAGE),
  }),
  async run(ctx, input) {
    const rows = await sessionsBy(ctx, { ...input, limit: input.limit + 1 });
    const sessions = rows.slice(0, input.limit).map((row) => ({ ...row, phase: phaseOf(row) }));
    return {
      sessions,
      next: rows.length > input.limit ? input.offset + input.limit : null,
      may_write: allows(forumPolicy, 'write_session', forumRelations(ctx.actor)),
    };
  },
});
