import { z } from 'zod';
import { appendLeaves, hashLeaves, peakIds, treeFrom } from '#engines/merkle_log/index.ts';
import { command } from '#platform/command.ts';
import { notFound } from '#platform/refusal.ts';
import { entryOf } from '../entry.ts';
import { factsToLog, hashesOf, insertLeaves, insertNodes, lockSequencer, sizeOf } from '../log.store.ts';

const BATCH = 20_000;

/**
 * Gives facts that have none their place in the log, the oldest first, all of a batch or none: a sequencer that dies in the
 * middle leaves nothing, and the next goes on from where the last one ended.
 */
export const append_leaves = command({
  name: 'log.append_leaves',
  input: z.object({ limit: z.number().int().min(1).max(BATCH).default(BATCH) }),
  async run(ctx, { limit }) {
    if (ctx.actor.kind !== 'system') notFound('log', ctx.community.id);
    await lockSequencer(ctx);
    const size = await sizeOf(ctx);
    const facts = await factsToLog(ctx, limit);
    if (facts.length === 0) return { size, appended: 0 };
    const before = treeFrom(size, await hashesOf(ctx, peakIds(size)));
    const hashes = hashLeaves(facts.map((fact) => Buffer.from(entryOf(fact))));
    const { tree, completed } = appendLeaves(before, hashes);
    await insertLeaves(
      ctx,
      size,
      facts.map((fact) => fact.id),
      hashes,
    );
    await insertNodes(ctx, completed);
    return { size: tree.size, appended: facts.length };
  },
});
