import {
  appendLeaves,
  type CompactTree,
  checkSignature,
  emptyTree,
  hashLeaves,
  openHead,
  readKey,
  rootOf,
  toHex,
} from '#engines/merkle_log/index.ts';
import type { Ctx } from '#platform/context.ts';
import { sameBytes } from '#platform/crypto.ts';
import { entryOf } from './entry.ts';
import {
  changedHeads,
  type HeadRow,
  headsBy,
  leavesFrom,
  type MaybeLeaf,
  nodesFrom,
  unloggedBefore,
} from './log.store.ts';
import type { LogFinding, Witness } from './witness.ts';

const BATCH = 10_000;
const HASH_BYTES = 32;
const FINDINGS_SHOWN = 10_000;
/** A fact may wait this long for the sequencer. */
const PATIENCE_MS = 10 * 60_000;

export type LogVerdict = { ok: boolean; size: number; root: string; findings: LogFinding[] };

/**
 * Makes the whole log anew from the journal and compares: every fact with its leaf, every node, every signed head, the rows
 * that witnesses know. `head` is one that somebody kept: the log must have been that at that size. One pass over the leaves;
 * memory for the nodes of the tree, 64 bytes a leaf.
 */
export async function verifyLog(
  ctx: Ctx,
  { verifier, head, witnesses }: { verifier: string; head?: string; witnesses: readonly Witness[] },
): Promise<LogVerdict> {
  const findings: LogFinding[] = [];
  const heads = (await headsBy(ctx, { limit: 1_000_000 })).reverse();
  const wanted = headsToCheck(heads, verifier, head, findings);
  const levels: Uint8Array[][] = [];
  const tree = await replay(ctx, wanted, levels, findings);
  for (const [size, { id, root }] of wanted)
    if (size > tree.size || (size === 0 && root)) findings.push({ code: 'log_shortened', table: 'log_heads', id });
  await compareNodes(ctx, levels, findings);
  const late = new Date(ctx.now.getTime() - PATIENCE_MS);
  for (const { id } of await unloggedBefore(ctx, late, FINDINGS_SHOWN))
    findings.push({ code: 'fact_unlogged', table: 'events', id });
  for (const one of await changedHeads(ctx)) findings.push({ ...one, table: 'log_heads' });
  for (const witness of witnesses)
    try {
      findings.push(...(await witness(ctx)));
    } catch (error) {
      // Of facts that were changed a witness may make nothing: those are named already, and that it could not compare is said.
      if (findings.length === 0) throw error;
      findings.push({
        code: 'rows_not_compared',
        table: witness.name,
        id: String((error as { code?: string }).code ?? ''),
      });
    }
  return {
    ok: findings.length === 0,
    size: tree.size,
    root: toHex(rootOf(tree)),
    findings: findings.slice(0, FINDINGS_SHOWN),
  };
}

type Wanted = Map<number, { id: string; root: Uint8Array | null }>;

/** The sizes at which the tree must have had a root: every head, its signature checked, and the one somebody kept. */
function headsToCheck(
  heads: readonly HeadRow[],
  verifier: string,
  kept: string | undefined,
  findings: LogFinding[],
): Wanted {
  const key = readKey(verifier);
  const wanted: Wanted = new Map();
  const add = (note: string, id: string, row?: HeadRow) => {
    try {
      const { size, root } = openHead(note, key, checkSignature);
      if (row && (row.size !== size || !sameBytes(row.root, Buffer.from(root)))) throw new Error('another head');
      if (size > 0) wanted.set(size, { id, root });
    } catch {
      findings.push({ code: 'head_forged', table: 'log_heads', id });
    }
  };
  for (const row of heads) add(row.note, String(row.size), row);
  if (kept !== undefined) add(kept, 'kept');
  return wanted;
}

async function replay(ctx: Ctx, wanted: Wanted, levels: Uint8Array[][], findings: LogFinding[]): Promise<CompactTree> {
  const stops = [...wanted.keys()].sort((a, b) => a - b);
  let tree: CompactTree = emptyTree;
  let next = 0;
  for (;;) {
    const leaves = await leavesFrom(ctx, next, BATCH);
    if (leaves.length === 0) return tree;
    const hashes = hashesOf(leaves, next, findings);
    next = leaves.at(-1)!.leaf_index + 1;
    for (let from = 0; from < leaves.length; ) {
      while (stops[0] !== undefined && stops[0] <= tree.size) stops.shift();
      const to = Math.min(leaves.length, from + (stops[0] === undefined ? leaves.length : stops[0] - tree.size));
      const { tree: grown, completed } = appendLeaves(tree, hashes.subarray(from * HASH_BYTES, to * HASH_BYTES));
      for (const { level, hashes: added } of completed) {
        if (!levels[level]) levels[level] = [];
        levels[level].push(added);
      }
      tree = grown;
      from = to;
      const head = wanted.get(tree.size);
      if (head && !sameBytes(Buffer.from(rootOf(tree)), Buffer.from(head.root!)))
        findings.push({ code: 'head_differs', table: 'log_heads', id: head.id });
    }
  }
}

/** The hashes that the facts make, beside those that are stored: what differs is named by its row. */
function hashesOf(leaves: readonly MaybeLeaf[], first: number, findings: LogFinding[]): Uint8Array {
  const made = hashLeaves(leaves.map((leaf) => Buffer.from(leaf.id === null ? '' : entryOf(leaf))));
  leaves.forEach((leaf, i) => {
    if (leaf.leaf_index !== first + i && findings.at(-1)?.code !== 'leaf_missing')
      findings.push({ code: 'leaf_missing', table: 'log_leaves', id: String(first + i) });
    if (leaf.id === null) findings.push({ code: 'fact_missing', table: 'events', id: leaf.event_id });
    else if (!sameBytes(leaf.leaf_hash, Buffer.from(made.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))))
      findings.push({ code: 'fact_changed', table: 'events', id: leaf.id });
    // The tree goes on with what was logged, so that one changed fact does not hide what comes after it.
    made.set(leaf.leaf_hash, i * HASH_BYTES);
  });
  return made;
}

async function compareNodes(ctx: Ctx, levels: readonly Uint8Array[][], findings: LogFinding[]): Promise<void> {
  for (let level = 1; level < Math.max(levels.length, 1) + 1; level++) {
    const made = Buffer.concat(levels[level] ?? []);
    let at = 0;
    for (;;) {
      const nodes = await nodesFrom(ctx, level, at, BATCH * 5);
      for (const { node_index, hash } of nodes) {
        for (; at < node_index && at * HASH_BYTES < made.length; at++)
          findings.push({ code: 'node_missing', table: 'log_nodes', id: `${level}/${at}` });
        if (!hash.equals(made.subarray(node_index * HASH_BYTES, (node_index + 1) * HASH_BYTES)))
          findings.push({ code: 'node_wrong', table: 'log_nodes', id: `${level}/${node_index}` });
        at = node_index + 1;
      }
      if (nodes.length === 0) break;
    }
    for (; at * HASH_BYTES < made.length; at++)
      findings.push({ code: 'node_missing', table: 'log_nodes', id: `${level}/${at}` });
  }
}
