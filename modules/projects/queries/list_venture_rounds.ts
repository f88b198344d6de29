import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { projectPolicy, projectRelations } from '../project.policy.ts';
import { roundsBy } from '../venture_round.store.ts';
import { phaseOf } from '../venture_round.ts';

/** The venture rounds, the newest first, page by page. */
export const list_venture_rounds = query({
  name: 'projects.list_venture_rounds',
  reads: 'nobody',
  input: z.object({
    before: z.number().int().positive().optional(),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  async run(ctx, { before, limit }) {
    const rows = await roundsBy(ctx, { before, limit: limit + 1 });
    const rounds = rows
      .slice(0, limit)
      .map((round) => ({ ...round, frozen_text: null, phase: phaseOf(round, ctx.now) }));
    const may_write = allows(projectPolicy, 'write_round', projectRelations(ctx.actor, await ownPosts(ctx)));
    return { rounds, next: rows.length > limit ? rounds.at(-1)!.number : null, may_write };
  },
});
