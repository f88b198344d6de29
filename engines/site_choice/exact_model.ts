import type { Costs } from './site_problem.ts';

/** A mixed-integer problem in rows, as HiGHS takes it: `sites` are the first columns, whole; minimised. */
export type ExactModel = {
  sites: Int32Array;
  offset: number;
  colCost: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  kept: Uint8Array;
  starts: Int32Array;
  indices: Int32Array;
  values: Float64Array;
};

/**
 * p-median by radii (Elloumi, “A tighter formulation of the p-median problem”, 2010): a point costs its least distance, and
 * each step to its next longer distance when no site is open within the shorter one. Only sites in `allowed` may open; a
 * point never goes farther than its (allowed − count + 1)th nearest. O(points × allowed × log allowed).
 */
export function exactModelOf(costs: Costs, allowed: Int32Array): ExactModel {
  const { points, count, of, isKept } = costs;
  const colCost: number[] = new Array(allowed.length).fill(0);
  const rowLower = [count];
  const rowUpper = [count];
  const starts = [0, allowed.length];
  const indices = Array.from(allowed, (_, column) => column);
  const values: number[] = new Array(allowed.length).fill(1);
  const farthest = allowed.length - count;
  let offset = 0;
  for (let point = 0; point < points; point++) {
    const costAt = (column: number) => of[allowed[column]! * points + point]!;
    const order = Array.from(allowed, (_, column) => column).sort((a, b) => costAt(a) - costAt(b));
    offset += costAt(order[0]!);
    let before = -1;
    for (let at = 0; at <= farthest; ) {
      const cost = costAt(order[at]!);
      const row = before < 0 ? [] : [before];
      for (; at < order.length && costAt(order[at]!) === cost; at++) row.push(order[at]!);
      // `column` is 1 when no site within this distance is open: it, or a site here, or a nearer site.
      const isLast = at > farthest;
      const column = colCost.length;
      if (!isLast) colCost.push(costAt(order[at]!) - cost);
      for (const one of row) {
        indices.push(one);
        values.push(one === before ? -1 : 1);
      }
      if (!isLast) {
        indices.push(column);
        values.push(1);
      }
      starts.push(indices.length);
      rowLower.push(before < 0 ? 1 : 0);
      rowUpper.push(Number.POSITIVE_INFINITY);
      before = column;
    }
  }
  return {
    sites: allowed,
    offset,
    colCost: Float64Array.from(colCost),
    rowLower: Float64Array.from(rowLower),
    rowUpper: Float64Array.from(rowUpper),
    kept: Uint8Array.from(allowed, (site) => isKept[site]!),
    starts: Int32Array.from(starts),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  };
}
