import { z } from 'zod';
import { openHead, peakIds, readKey, rootOf, toHex, treeFrom } from '#engines/merkle_log/index.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { sameBytes } from '#platform/crypto.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { hashesOf, headsBy, insertHead, kindAt, lockSequencer, sizeOf } from '../log.store.ts';

/** The tree as it stands, for whoever holds the key to sign; null when nothing is logged yet or its head is published already. */
export async function unsignedHead(ctx: Ctx): Promise<{ size: number; root: Uint8Array } | null> {
  const size = await sizeOf(ctx);
  if (size === 0) return null;
  const [last] = await headsBy(ctx, { limit: 1 });
  // A head is a fact of the log itself; when nothing but the last one has come since, there is nothing to sign.
  if (last && size <= last.size + 1 && (size === last.size || (await kindAt(ctx, last.size)) === 'head.published'))
    return null;
  return { size, root: rootOf(treeFrom(size, await hashesOf(ctx, peakIds(size)))) };
}

/** Keeps a head that was signed: only one that opens with the log's key and says what the tree says. */
export const publish_head = command({
  name: 'log.publish_head',
  input: z.object({ note: z.string().max(2_000), verifier: z.string().max(400) }),
  async run(ctx, { note, verifier }) {
    if (ctx.actor.kind !== 'system') notFound('log', ctx.community.id);
    await lockSequencer(ctx);
    const head = openHead(note, readKey(verifier));
    const [last] = await headsBy(ctx, { limit: 1 });
    if (last && head.size < last.size) refuse('head_backwards');
    const size = await sizeOf(ctx);
    if (head.size > size) refuse('head_wrong');
    const root = rootOf(treeFrom(head.size, await hashesOf(ctx, peakIds(head.size))));
    if (!sameBytes(Buffer.from(root), Buffer.from(head.root))) refuse('head_wrong');
    if (!(await insertHead(ctx, { size: head.size, root: Buffer.from(root), note }))) return { size: head.size };
    record(ctx, 'head.published', { kind: 'community', id: ctx.community.id }, { size: head.size, root: toHex(root) });
    return { size: head.size };
  },
});
