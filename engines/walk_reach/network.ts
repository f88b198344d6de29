import { contract } from './contract.ts';
import type { Extract, Point } from './extract.ts';
import type { WalkGraph } from './graph.ts';
import { walkMatrix } from './matrix.ts';
import { findNearest, type Nearest } from './nearest.ts';
import { readNetwork } from './read_network.ts';
import { SegmentGrid } from './segment_grid.ts';
import { Search } from './shortest.ts';
import { type Snapped, snapPoints } from './snap.ts';

export type WalkNetwork = {
  graph: WalkGraph;
  /** Vertices before contraction. */
  raw_vertices: number;
  /** Puts points onto the nearest way; edge -1 where none is within the limit (1,000 m). */
  snap(points: readonly Point[], limit_metres?: number): Snapped;
  /** The nearest target of each origin along the network. */
  nearest(from: Snapped, to: Snapped): Nearest;
  /** Metres along the network between all pairs, row by row. */
  matrix(from: Snapped, to: Snapped): Float64Array;
  /** Metres from door to door between all pairs of points: onto the network, along it, and off it again. */
  doorToDoor(points: readonly Point[]): Float64Array;
  /** The same a row at a time, each found when it is first asked for: for many points of which few are walked from. */
  doorToDoorFrom(points: readonly Point[]): (from: number) => Float64Array;
};

/**
 * The network on foot of an OpenStreetMap extract, ready to be asked. `avoid_steps` leaves out steps without a ramp. Linear
 * in the extract. An extract without anything to walk on gives a network on which nothing is reached.
 */
export function walkNetwork(extract: Extract, options: { avoid_steps?: boolean } = {}): WalkNetwork {
  const raw = readNetwork(extract, options);
  const graph = contract(raw);
  const grid = new SegmentGrid(graph);
  const search = new Search(graph);
  const snap: WalkNetwork['snap'] = (points, limit) => snapPoints(graph, grid, points, limit);
  return {
    graph,
    raw_vertices: raw.latitude.length,
    snap,
    nearest: (from, to) => findNearest(search, from, to),
    matrix: (from, to) => walkMatrix(search, from, to),
    doorToDoor(points) {
      const row = doorToDoorFrom(search, points, snap(points));
      const { length } = points;
      const metres = new Float64Array(length * length);
      for (let a = 0; a < length; a++) metres.set(row(a), a * length);
      return metres;
    },
    doorToDoorFrom: (points) => doorToDoorFrom(search, points, snap(points)),
  };
}

function doorToDoorFrom(search: Search, points: readonly Point[], snapped: Snapped): (from: number) => Float64Array {
  const rows = new Map<number, Float64Array>();
  const isSame = (a: Point, b: Point) => a.latitude === b.latitude && a.longitude === b.longitude;
  return (from) => {
    const known = rows.get(from);
    if (known) return known;
    const row = walkMatrix(search, oneOf(snapped, from), snapped);
    for (let to = 0; to < points.length; to++)
      row[to] = isSame(points[from]!, points[to]!) ? 0 : row[to]! + snapped.metres[from]! + snapped.metres[to]!;
    rows.set(from, row);
    return row;
  };
}

const oneOf = ({ edge, along, steps_along, metres }: Snapped, at: number): Snapped => ({
  count: 1,
  edge: edge.subarray(at, at + 1),
  along: along.subarray(at, at + 1),
  steps_along: steps_along.subarray(at, at + 1),
  metres: metres.subarray(at, at + 1),
});
