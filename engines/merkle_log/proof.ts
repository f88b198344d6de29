import { coverRange, type NodeId } from './tree.ts';
import { emptyRoot, hashChildren } from './verify.ts';

/**
 * What a proof (or root) is made of: each of its hashes is the root over a range of leaves, and such a range is made up of
 * complete subtrees, left to right. The caller loads `nodesOf(plan)` from wherever it stores them, in one query, and gives
 * them to `fulfil`.
 */
export type Plan = readonly (readonly NodeId[])[];

/** The root over the first `size` leaves: a plan of one hash. O(log size) nodes. */
export function planRoot(size: number): Plan {
  return [coverRange(0, size)];
}

/** The audit path of the leaf at `index` in the tree of `size` leaves, lowest first. O(log size) nodes. RFC 6962 section 2.1.1. */
export function planInclusion(index: number, size: number): Plan {
  if (!Number.isSafeInteger(index) || index < 0 || !(index < size))
    throw new RangeError(`there is no leaf ${index} in a tree of ${size}`);
  const path: NodeId[][] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      path.unshift(coverRange(middle, to));
      to = middle;
    } else {
      path.unshift(coverRange(from, middle));
      from = middle;
    }
  }
  return path;
}

/** That the tree of `size1` leaves is the beginning of the tree of `size2`. O(log size2) nodes. RFC 6962 section 2.1.2. */
export function planConsistency(size1: number, size2: number): Plan {
  if (!Number.isSafeInteger(size1) || size1 < 1 || !(size1 <= size2))
    throw new RangeError(`a tree of ${size1} leaves is no beginning of a tree of ${size2}`);
  const path: NodeId[][] = [];
  let [from, to] = [0, size2];
  while (to !== size1) {
    const middle = from + splitOf(to - from);
    if (size1 <= middle) {
      path.unshift(coverRange(middle, to));
      to = middle;
    } else {
      path.unshift(coverRange(from, middle));
      from = middle;
    }
  }
  // A first tree that is a complete subtree is known to whoever asks: its root is not sent.
  if (from > 0) path.unshift(coverRange(from, to));
  return path;
}

/** The nodes of a plan in its order; each stands there once. */
export function nodesOf(plan: Plan): NodeId[] {
  return plan.flat();
}

/** The hashes of a proof from those of `nodesOf(plan)`, in the same order. Throws a RangeError when their number differs. */
export function fulfil(plan: Plan, hashes: readonly Uint8Array[]): Uint8Array[] {
  if (hashes.length !== nodesOf(plan).length)
    throw new RangeError(`${nodesOf(plan).length} nodes are needed, not ${hashes.length}`);
  let at = 0;
  return plan.map((range) => {
    const parts = hashes.slice(at, at + range.length);
    at += range.length;
    return parts.length === 0 ? emptyRoot() : parts.reduceRight((right, left) => hashChildren(left, right));
  });
}

/** The largest power of two below `count` (2 or more): where RFC 6962 splits a tree. */
function splitOf(count: number): number {
  let width = 1;
  while (width * 2 < count) width *= 2;
  return width;
}
