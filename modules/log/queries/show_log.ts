import { z } from 'zod';
import { query } from '#platform/query.ts';
import { entryOf } from '../entry.ts';
import { headsBy, leavesFrom, sizeOf } from '../log.store.ts';

/** The log as everybody may see it: its size, signed heads, and leaves from a place on; `from` counts from the end when negative. */
export const show_log = query({
  name: 'log.show_log',
  reads: 'nobody',
  input: z.object({
    from: z.number().int().default(-20),
    limit: z.number().int().min(1).max(1000).default(20),
    heads: z.number().int().min(0).max(1000).default(12),
  }),
  async run(ctx, { from, limit, heads }) {
    const size = await sizeOf(ctx);
    const first = Math.max(0, from < 0 ? size + from : from);
    const leaves = await leavesFrom(ctx, first, limit);
    return {
      size,
      first,
      heads: await headsBy(ctx, { limit: heads }),
      leaves: leaves.map((leaf) => ({
        leaf_index: leaf.leaf_index,
        leaf_hash: leaf.leaf_hash.toString('hex'),
        logged_at: leaf.logged_at,
        entry: leaf.id === null ? null : entryOf(leaf),
        kind: leaf.id === null ? null : leaf.kind,
        at: leaf.id === null ? null : leaf.at,
        id: leaf.event_id,
      })),
    };
  },
});
