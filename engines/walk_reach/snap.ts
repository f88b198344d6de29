import type { Point } from './extract.ts';
import { METRES_A_DEGREE } from './geodesy.ts';
import type { WalkGraph } from './graph.ts';
import type { SegmentGrid } from './segment_grid.ts';

/** Points put onto the network, in columns; `edge` is -1 where nothing to walk on is near enough. */
export type Snapped = {
  count: number;
  edge: Int32Array;
  /** Metres from the edge's first vertex, and how many of these are steps. */
  along: Float64Array;
  steps_along: Float64Array;
  /** Metres as the crow flies from the point to the network. */
  metres: Float64Array;
};

/** Farther from any way than this, a point is not on this network at all. */
export const SNAP_LIMIT_METRES = 1000;

/**
 * Puts each point onto the nearest place of the nearest edge (not only onto vertices), found by rings of grid cells around
 * it: O(segments near by). Points farther than `limit_metres` from everything get edge -1.
 */
export function snapPoints(
  graph: WalkGraph,
  grid: SegmentGrid,
  points: readonly Point[],
  limit_metres = SNAP_LIMIT_METRES,
): Snapped {
  const count = points.length;
  const snapped: Snapped = {
    count,
    edge: new Int32Array(count).fill(-1),
    along: new Float64Array(count),
    steps_along: new Float64Array(count),
    metres: new Float64Array(count).fill(Infinity),
  };
  const { point_along, point_steps, point_edge } = graph;
  for (let i = 0; i < count; i++) {
    const { segment, share, metres } = nearestSegment(graph, grid, points[i]!, limit_metres);
    if (segment < 0) continue;
    snapped.edge[i] = point_edge[segment]!;
    snapped.along[i] = point_along[segment]! + share * (point_along[segment + 1]! - point_along[segment]!);
    snapped.steps_along[i] = point_steps[segment]! + share * (point_steps[segment + 1]! - point_steps[segment]!);
    snapped.metres[i] = metres;
  }
  return snapped;
}

type Found = { segment: number; share: number; metres: number };

function nearestSegment(graph: WalkGraph, grid: SegmentGrid, { latitude, longitude }: Point, limit: number): Found {
  const { point_latitude, point_longitude } = graph;
  // Flat around the point itself, so that distances are right wherever it lies.
  const scale = Math.cos((latitude * Math.PI) / 180);
  const [kx, ky] = [METRES_A_DEGREE * scale, METRES_A_DEGREE];
  const found: Found = { segment: -1, share: 0, metres: Infinity };
  let best = limit * limit;
  const cell = grid.cell_metres * Math.min(1, scale / grid.scale);
  const [column, row] = [grid.columnOf(longitude), grid.rowOf(latitude)];
  const rings = Math.ceil(limit / cell) + 1;
  for (let ring = 0; ring <= rings; ring++) {
    const reached = (ring - 1) * cell;
    if (ring > 0 && reached * reached >= best) break;
    grid.eachInRing(column, row, ring, (segment) => {
      const [x1, y1] = [(point_longitude[segment]! - longitude) * kx, (point_latitude[segment]! - latitude) * ky];
      const dx = (point_longitude[segment + 1]! - point_longitude[segment]!) * kx;
      const dy = (point_latitude[segment + 1]! - point_latitude[segment]!) * ky;
      const square = dx * dx + dy * dy;
      const share = square === 0 ? 0 : Math.max(0, Math.min(1, -(x1 * dx + y1 * dy) / square));
      const [x, y] = [x1 + share * dx, y1 + share * dy];
      const away = x * x + y * y;
      if (away < best || (away === best && found.segment < 0)) {
        best = away;
        found.segment = segment;
        found.share = share;
      }
    });
  }
  found.metres = Math.sqrt(best);
  return found;
}
