import { z } from 'zod';
import { fulfil, nodesOf, planConsistency, planInclusion, toBase64 } from '#engines/merkle_log/index.ts';
import { query } from '#platform/query.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { entryOf } from '../entry.ts';
import { findLeaf, hashesOf, headCovering, headsBy, sizeOf } from '../log.store.ts';

/**
 * That a fact is in the log: the entry, its place, the signed head that covers it and the hashes between them (base64).
 * `id` is the fact's, or that of the thing it tells of (its latest fact then). While no head covers it, there is no proof yet.
 */
export const prove_entry = query({
  name: 'log.prove_entry',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const leaf = (await findLeaf(ctx, { id })) ?? notFound('log_entry', id);
    const index = leaf.leaf_index;
    const told = { id: leaf.id, index, kind: leaf.kind, at: leaf.at, logged_at: leaf.logged_at, entry: entryOf(leaf) };
    const head = await headCovering(ctx, index);
    if (!head) return { ...told, leaf_hash: leaf.leaf_hash.toString('base64'), head: null, proof: [] };
    const plan = planInclusion(index, head.size);
    const proof = fulfil(plan, await hashesOf(ctx, nodesOf(plan)));
    return {
      ...told,
      leaf_hash: leaf.leaf_hash.toString('base64'),
      head: { size: head.size, root: head.root.toString('base64'), note: head.note, signed_at: head.signed_at },
      proof: proof.map(toBase64),
    };
  },
});

/** That the log of one size is the beginning of the log of another. Hashes in base64. */
export const prove_consistency = query({
  name: 'log.prove_consistency',
  reads: 'nobody',
  input: z.object({ size1: z.number().int().min(1), size2: z.number().int().min(1).optional() }),
  async run(ctx, { size1, size2 }) {
    const [last] = await headsBy(ctx, { limit: 1 });
    const to = size2 ?? last?.size ?? 0;
    if (size1 > to || to > (await sizeOf(ctx))) refuse('head_wrong', {}, { field: 'size1' });
    const plan = planConsistency(size1, to);
    return { size1, size2: to, proof: fulfil(plan, await hashesOf(ctx, nodesOf(plan))).map(toBase64) };
  },
});
