import { hashPairs } from './sha256.ts';
import { emptyRoot, hashChildren } from './verify.ts';

/**
 * What an appender has to remember of a log: how many leaves, and the roots of its complete subtrees, largest (leftmost)
 * first: one for every one in `size` written in binary, so at most 53 hashes. RFC 6962 section 2.1.
 */
export type CompactTree = { readonly size: number; readonly peaks: readonly Uint8Array[] };

/** The complete subtree over the leaves from index·2^level up to (index + 1)·2^level. It never changes: rows are only added. */
export type NodeId = { level: number; index: number };

/** Nodes that an append completed, side by side on one level: `hashes` holds 32 bytes each, the first one's index is `index`. */
export type CompletedNodes = { level: number; index: number; hashes: Uint8Array };

const HASH_BYTES = 32;

export const emptyTree: CompactTree = { size: 0, peaks: [] };

/**
 * Appends leaves and returns the tree and the nodes to store. `leaf_hashes` holds 32 bytes a leaf (`hashLeaves`).
 * Level 0 of `completed` are the leaf hashes themselves, so that a caller who keeps them with the entries need not store
 * them twice. About one hash a leaf; needs no earlier leaf. Throws a RangeError when the bytes are no whole hashes.
 */
export function appendLeaves(
  tree: CompactTree,
  leaf_hashes: Uint8Array,
): { tree: CompactTree; completed: CompletedNodes[] } {
  if (leaf_hashes.length % HASH_BYTES !== 0) throw new RangeError('leaf hashes are 32 bytes each');
  const size = tree.size + leaf_hashes.length / HASH_BYTES;
  const peakAt = peaksByLevel(tree);
  const completed: CompletedNodes[] = [];
  const peaks: Uint8Array[] = [];
  let hashes = leaf_hashes;
  for (let level = 0, before = tree.size, after = size; after > 0; level++) {
    if (hashes.length > 0) completed.push({ level, index: before, hashes });
    // An odd node on the left waits for its neighbour: it is a peak of the tree so far.
    const waiting = before % 2 === 1 ? peakAt.get(level)! : null;
    const row = waiting && hashes.length > 0 ? joinHashes(waiting, hashes) : hashes;
    if (after % 2 === 1) peaks.unshift(row.length > 0 ? row.slice(-HASH_BYTES) : waiting!);
    hashes = hashPairs(row, Math.floor(row.length / HASH_BYTES / 2));
    [before, after] = [Math.floor(before / 2), Math.floor(after / 2)];
  }
  return { tree: { size, peaks }, completed };
}

/** The root over all leaves so far. RFC 6962 section 2.1. */
export function rootOf({ peaks }: CompactTree): Uint8Array {
  if (peaks.length === 0) return emptyRoot();
  return peaks.reduceRight((right, left) => hashChildren(left, right));
}

/** The nodes that an appender of a log of that size has to load to go on (`treeFrom`), largest first. */
export function peakIds(size: number): NodeId[] {
  return coverRange(0, size);
}

/** The compact tree of a stored log: its size and the hashes of `peakIds(size)` in that order. Throws when some lack. */
export function treeFrom(size: number, peaks: readonly Uint8Array[]): CompactTree {
  if (peaks.length !== peakIds(size).length || peaks.some((peak) => peak.length !== HASH_BYTES))
    throw new RangeError(`a tree of ${size} leaves has ${peakIds(size).length} peaks of 32 bytes`);
  return { size, peaks };
}

/** The complete subtrees that make up the leaves from `from` up to `to`, left to right; `from` has to be aligned as in RFC 6962. */
export function coverRange(from: number, to: number): NodeId[] {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from)
    throw new RangeError(`leaves from ${from} up to ${to} are no range`);
  const nodes: NodeId[] = [];
  for (let at = from; at < to; ) {
    let [level, width] = [0, 1];
    while (at % (width * 2) === 0 && at + width * 2 <= to) [level, width] = [level + 1, width * 2];
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

function peaksByLevel({ size, peaks }: CompactTree): Map<number, Uint8Array> {
  return new Map(peakIds(size).map(({ level }, i) => [level, peaks[i]!]));
}

function joinHashes(first: Uint8Array, rest: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + rest.length);
  joined.set(first);
  joined.set(rest, first.length);
  return joined;
}
