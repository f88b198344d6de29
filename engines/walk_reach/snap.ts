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

/** Looks through the cells around the point ring by ring, until no cell farther out can hold anything nearer. */
function nearestSegment(graph: WalkGraph, grid: SegmentGrid, { latitude, longitude }: Point, limit: number): Found {
  // Flat around the point itself, so that distances are right wherever it lies.
  const scale = Math.cos((latitude * Math.PI) / 180);
  const found: Found = { segment: -1, share: 0, metres: limit };
  const cell = grid.cell_metres * Math.min(1, scale / grid.scale);
  const column = grid.columnOf(longitude);
  const row = grid.rowOf(latitude);
  const rings = Math.ceil(limit / cell) + 1;
  for (let ring = 0; ring <= rings && (ring - 1) * cell < found.metres; ring++) {
    const top = Math.max(0, row - ring);
    const bottom = Math.min(grid.rows - 1, row + ring);
    for (let y = top; y <= bottom; y++) {
      const isWhole = ring === 0 || y === row - ring || y === row + ring;
      for (let x = column - ring; x <= column + ring; x += isWhole ? 1 : 2 * ring)
        if (x >= 0 && x < grid.columns)
          searchCell(graph, grid, y * grid.columns + x, { latitude, longitude }, scale, found);
    }
  }
  return found;
}

function searchCell(
  { point_latitude, point_longitude }: WalkGraph,
  { first, segments }: SegmentGrid,
  cell: number,
  { latitude, longitude }: Point,
  scale: number,
  found: Found,
): void {
  const kx = METRES_A_DEGREE * scale;
  const ky = METRES_A_DEGREE;
  const end = first[cell + 1]!;
  for (let i = first[cell]!; i < end; i++) {
    const segment = segments[i]!;
    const x1 = (point_longitude[segment]! - longitude) * kx;
    const y1 = (point_latitude[segment]! - latitude) * ky;
    const dx = (point_longitude[segment + 1]! - longitude) * kx - x1;
    const dy = (point_latitude[segment + 1]! - latitude) * ky - y1;
    const square = dx * dx + dy * dy;
    let share = square === 0 ? 0 : -(x1 * dx + y1 * dy) / square;
    if (share < 0) share = 0;
    else if (share > 1) share = 1;
    const x = x1 + share * dx;
    const y = y1 + share * dy;
    const metres = Math.sqrt(x * x + y * y);
    if (metres >= found.metres) continue;
    found.metres = metres;
    found.segment = segment;
    found.share = share;
  }
}
