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
      const snapped = snap(points);
      const metres = walkMatrix(search, snapped, snapped);
      const { length } = points;
      for (let a = 0; a < length; a++) {
        for (let b = 0; b < length; b++) {
          const isSame = points[a]!.latitude === points[b]!.latitude && points[a]!.longitude === points[b]!.longitude;
          metres[a * length + b] = isSame ? 0 : metres[a * length + b]! + snapped.metres[a]! + snapped.metres[b]!;
        }
      }
      return metres;
    },
  };
}
