import { z } from 'zod';
import { query } from '#platform/query.ts';
import { topicsBy, topicsLinkedWith } from '../topic.store.ts';

const PAGE = 20;

/** Topics, where there was talk last first; found by words in what was said. */
export const list_topics = query({
  name: 'forum.list_topics',
  reads: 'nobody',
  input: z.object({
    words: z.string().trim().max(80).optional(),
    phase: z.enum(['open', 'concluded', 'all']).default('all'),
    session_id: z.uuid().optional(),
    offset: z.number().int().min(0).max(10_000).default(0),
    limit: z.number().int().min(1).max(500).default(PAGE),
  }),
  async run(ctx, input) {
    const rows = await topicsBy(ctx, { ...input, limit: input.limit + 1 });
    return {
      topics: rows.slice(0, input.limit),
      next: rows.length > input.limit ? input.offset + input.limit : null,
    };
  },
});

/** The topics that a thing (a request, a proposal) was taken to, or came out of. */
export const topics_of = query({
  name: 'forum.topics_of',
  reads: 'nobody',
  input: z.object({ kind: z.string().regex(/^[a-z_]{2,40}$/), id: z.uuid() }),
  run: (ctx, thing) => topicsLinkedWith(ctx, thing),
});
