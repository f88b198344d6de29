import { METRES_A_DEGREE } from './geodesy.ts';
import type { WalkGraph } from './graph.ts';

/** Parts with fewer metres of ways than this are taken for leftovers of the map, unless there is nothing larger. */
export const ISLAND_METRES = 2000;
const SMALLEST_CELL_METRES = 20;

/**
 * A grid over the segments of a network: each cell lists the segments that cross it. Segments of small islands are left out,
 * so that nobody is put onto a forgotten piece of path that leads nowhere. Building: O(segments + cells crossed).
 */
export class SegmentGrid {
  readonly cell_metres: number;
  /** Metres a degree of longitude ÷ metres a degree of latitude, at the middle of the network. */
  readonly scale: number;
  private readonly west: number;
  private readonly south: number;
  readonly columns: number;
  readonly rows: number;
  /** Cell c (row × columns + column) lists segments[first[c]] … segments[first[c + 1] - 1]: the first point of each. */
  readonly first: Int32Array;
  readonly segments: Int32Array;

  constructor(graph: WalkGraph) {
    const { point_latitude, point_longitude } = graph;
    const [south, north] = extremes(point_latitude);
    const [west, east] = extremes(point_longitude);
    [this.west, this.south] = [west, south];
    this.scale = Math.max(0.01, Math.cos(((south + north) * Math.PI) / 360));
    const [width, height] = [(east - west) * METRES_A_DEGREE * this.scale, (north - south) * METRES_A_DEGREE];
    const wanted = segmentsOf(graph);
    let cell = Math.max(
      SMALLEST_CELL_METRES,
      Math.sqrt((width * height) / (wanted.length * 2 + 1)),
      width / 4096,
      height / 4096,
    );
    // Few long segments could fill very many small cells: such cells grow.
    while (this.crossings(graph, wanted, cell) > 16 * wanted.length + 100_000) cell *= 2;
    this.cell_metres = cell;
    [this.columns, this.rows] = [Math.floor(width / cell) + 1, Math.floor(height / cell) + 1];
    const counts = new Int32Array(this.columns * this.rows + 1);
    for (const segment of wanted) this.eachCell(graph, segment, (c) => counts[c + 1]!++);
    for (let c = 0; c < counts.length - 1; c++) counts[c + 1]! += counts[c]!;
    this.first = counts;
    const next = counts.slice(0, -1);
    this.segments = new Int32Array(counts[counts.length - 1]!);
    for (const segment of wanted) this.eachCell(graph, segment, (c) => (this.segments[next[c]!++] = segment));
  }

  columnOf(longitude: number): number {
    return Math.floor(((longitude - this.west) * METRES_A_DEGREE * this.scale) / this.cell_metres);
  }

  rowOf(latitude: number): number {
    return Math.floor(((latitude - this.south) * METRES_A_DEGREE) / this.cell_metres);
  }

  /** How many cells of that size the boxes of the segments would touch. */
  private crossings({ point_latitude, point_longitude }: WalkGraph, wanted: Int32Array, cell: number): number {
    let sum = 0;
    for (const s of wanted) {
      const x = (Math.abs(point_longitude[s + 1]! - point_longitude[s]!) * METRES_A_DEGREE * this.scale) / cell;
      const y = (Math.abs(point_latitude[s + 1]! - point_latitude[s]!) * METRES_A_DEGREE) / cell;
      sum += (Math.floor(x) + 2) * (Math.floor(y) + 2);
    }
    return sum;
  }

  /** The cells of the box around a segment: more than it crosses, never fewer. */
  private eachCell({ point_latitude, point_longitude }: WalkGraph, s: number, visit: (cell: number) => void): void {
    const [x1, x2] = ordered(this.columnOf(point_longitude[s]!), this.columnOf(point_longitude[s + 1]!));
    const [y1, y2] = ordered(this.rowOf(point_latitude[s]!), this.rowOf(point_latitude[s + 1]!));
    for (let y = Math.max(0, y1); y <= Math.min(this.rows - 1, y2); y++)
      for (let x = Math.max(0, x1); x <= Math.min(this.columns - 1, x2); x++) visit(y * this.columns + x);
  }
}

const ordered = (a: number, b: number) => (a <= b ? [a, b] : [b, a]) as [number, number];

function extremes(column: Float64Array): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of column) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return column.length === 0 ? [0, 0] : [low, high];
}

/** The first points of all segments that may be snapped to. */
function segmentsOf({ edges, first_point, edge_from, vertex_part, part_metres }: WalkGraph): Int32Array {
  const smallest = Math.min(
    ISLAND_METRES,
    part_metres.reduce((a, b) => Math.max(a, b), 0),
  );
  const found: number[] = [];
  for (let e = 0; e < edges; e++) {
    if (part_metres[vertex_part[edge_from[e]!]!]! < smallest) continue;
    for (let p = first_point[e]!; p < first_point[e + 1]! - 1; p++) found.push(p);
  }
  return Int32Array.from(found);
}
