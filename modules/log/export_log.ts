import type { Ctx } from '#platform/context.ts';
import { entryOf } from './entry.ts';
import { headsBy, leavesFrom, sizeOf } from './log.store.ts';

const BATCH = 5_000;
const HEADS = 100_000;

/**
 * The whole log as lines of JSON, for whoever wants to check it elsewhere: what it is and its key, every signed head, then
 * every entry in its order. A batch of lines at a time.
 */
export async function* exportLog(ctx: Ctx, { verifier }: { verifier: string }): AsyncGenerator<string> {
  const size = await sizeOf(ctx);
  const heads = (await headsBy(ctx, { limit: HEADS })).filter((head) => head.size <= size).reverse();
  yield `${JSON.stringify({ format: 'yingmen.log.1', community: ctx.community.id, verifier, size })}\n`;
  for (const { note } of heads) yield `${JSON.stringify({ head: note })}\n`;
  for (let from = 0; from < size; from += BATCH) {
    const leaves = await leavesFrom(ctx, from, Math.min(BATCH, size - from));
    yield leaves.map((leaf) => `${JSON.stringify({ entry: leaf.id === null ? null : entryOf(leaf) })}\n`).join('');
  }
}
