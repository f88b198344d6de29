import type { RawNetwork, WalkGraph } from './graph.ts';

/** Which segments meet at each vertex: those of vertex v are segments[first[v]] … segments[first[v + 1] - 1]. */
type Meetings = { first: Int32Array; segments: Int32Array };
type Shape = Pick<
  WalkGraph,
  | 'edge_from'
  | 'edge_to'
  | 'edge_metres'
  | 'edge_steps_metres'
  | 'first_point'
  | 'point_edge'
  | 'point_raw'
  | 'point_latitude'
  | 'point_longitude'
  | 'point_along'
  | 'point_steps'
>;

/**
 * Contracts every chain of vertices at which exactly two segments meet into one edge. A ring that touches nothing else keeps
 * one vertex. Lengths add up in the order of the chain. Linear in the network.
 */
export function contract(network: RawNetwork): WalkGraph {
  const meetings = meetingsOf(network);
  const { shape, vertices } = followChains(network, meetings);
  const edges = shape.edge_from.length;
  const arcs = arcsOf(vertices, shape);
  return { vertices, edges, ...shape, ...arcs, ...partsOf(vertices, shape) };
}

function meetingsOf({ latitude, segment_from, segment_to }: RawNetwork): Meetings {
  const first = new Int32Array(latitude.length + 1);
  for (const end of [segment_from, segment_to]) for (let s = 0; s < end.length; s++) first[end[s]! + 1]!++;
  for (let v = 0; v < latitude.length; v++) first[v + 1]! += first[v]!;
  const next = first.slice(0, -1);
  const segments = new Int32Array(segment_from.length * 2);
  for (let s = 0; s < segment_from.length; s++) {
    segments[next[segment_from[s]!]!++] = s;
    segments[next[segment_to[s]!]!++] = s;
  }
  return { first, segments };
}

function followChains(network: RawNetwork, { first, segments }: Meetings): { shape: Shape; vertices: number } {
  const { latitude, segment_from, segment_to } = network;
  const numbers = new Int32Array(latitude.length).fill(-1);
  const seen = new Uint8Array(segment_from.length);
  const draft = new ShapeDraft(network);
  let vertices = 0;
  const numberOf = (raw: number) => {
    if (numbers[raw]! < 0) numbers[raw] = vertices++;
    return numbers[raw]!;
  };
  const follow = (start: number, segment: number) => {
    draft.begin(numberOf(start), start);
    for (let at = start, s = segment; ; ) {
      seen[s] = 1;
      at = segment_from[s] === at ? segment_to[s]! : segment_from[s]!;
      draft.add(at, s);
      const isEnd = numbers[at]! >= 0 || first[at + 1]! - first[at]! !== 2;
      if (isEnd) return draft.end(numberOf(at));
      s = segments[first[at]!] === s ? segments[first[at]! + 1]! : segments[first[at]!]!;
    }
  };
  for (let v = 0; v < latitude.length; v++) {
    if (first[v + 1]! - first[v]! === 2) continue;
    for (let i = first[v]!; i < first[v + 1]!; i++) if (seen[segments[i]!] === 0) follow(v, segments[i]!);
  }
  // What is left are rings without a junction.
  for (let s = 0; s < seen.length; s++) if (seen[s] === 0) follow(segment_from[s]!, s);
  return { shape: draft.done(), vertices };
}

/** Edges and their points while chains are followed. */
class ShapeDraft {
  private readonly network: RawNetwork;
  private readonly from: number[] = [];
  private readonly to: number[] = [];
  private readonly firstPoint: number[] = [0];
  private readonly edge: Int32Array;
  private readonly raw: Int32Array;
  private readonly latitude: Float64Array;
  private readonly longitude: Float64Array;
  private readonly along: Float64Array;
  private readonly steps: Float64Array;
  private points = 0;

  constructor(network: RawNetwork) {
    const most = network.segment_from.length * 2;
    this.network = network;
    this.edge = new Int32Array(most);
    this.raw = new Int32Array(most);
    this.latitude = new Float64Array(most);
    this.longitude = new Float64Array(most);
    this.along = new Float64Array(most);
    this.steps = new Float64Array(most);
  }

  begin(vertex: number, raw: number): void {
    this.from.push(vertex);
    this.put(raw, 0, 0);
  }

  add(raw: number, segment: number): void {
    const { segment_metres, segment_is_steps } = this.network;
    const metres = segment_metres[segment]!;
    const last = this.points - 1;
    this.put(raw, this.along[last]! + metres, this.steps[last]! + (segment_is_steps[segment] ? metres : 0));
  }

  end(vertex: number): void {
    this.to.push(vertex);
    this.firstPoint.push(this.points);
  }

  private put(raw: number, along: number, steps: number): void {
    const at = this.points++;
    this.edge[at] = this.from.length - 1;
    this.raw[at] = raw;
    this.latitude[at] = this.network.latitude[raw]!;
    this.longitude[at] = this.network.longitude[raw]!;
    this.along[at] = along;
    this.steps[at] = steps;
  }

  done(): Shape {
    const first_point = Int32Array.from(this.firstPoint);
    const lastOf = (column: Float64Array) => Float64Array.from(this.to, (_, e) => column[first_point[e + 1]! - 1]!);
    return {
      edge_from: Int32Array.from(this.from),
      edge_to: Int32Array.from(this.to),
      edge_metres: lastOf(this.along),
      edge_steps_metres: lastOf(this.steps),
      first_point,
      point_edge: this.edge.slice(0, this.points),
      point_raw: this.raw.slice(0, this.points),
      point_latitude: this.latitude.slice(0, this.points),
      point_longitude: this.longitude.slice(0, this.points),
      point_along: this.along.slice(0, this.points),
      point_steps: this.steps.slice(0, this.points),
    };
  }
}

function arcsOf(vertices: number, { edge_from, edge_to, edge_metres }: Shape) {
  const first_arc = new Int32Array(vertices + 1);
  const isLoop = (e: number) => edge_from[e] === edge_to[e];
  for (let e = 0; e < edge_from.length; e++) {
    if (isLoop(e)) continue;
    first_arc[edge_from[e]! + 1]!++;
    first_arc[edge_to[e]! + 1]!++;
  }
  for (let v = 0; v < vertices; v++) first_arc[v + 1]! += first_arc[v]!;
  const next = first_arc.slice(0, -1);
  const arcs = first_arc[vertices]!;
  const [arc_to, arc_edge, arc_metres] = [new Int32Array(arcs), new Int32Array(arcs), new Float64Array(arcs)];
  const put = (from: number, to: number, e: number) => {
    const arc = next[from]!++;
    arc_to[arc] = to;
    arc_edge[arc] = e;
    arc_metres[arc] = edge_metres[e]!;
  };
  for (let e = 0; e < edge_from.length; e++) {
    if (isLoop(e)) continue;
    put(edge_from[e]!, edge_to[e]!, e);
    put(edge_to[e]!, edge_from[e]!, e);
  }
  return { first_arc, arc_to, arc_edge, arc_metres };
}

/** Parts that hang together, by joining the ends of edges (union by the smaller number, paths halved). */
function partsOf(vertices: number, { edge_from, edge_to, edge_metres }: Shape) {
  const parent = Int32Array.from({ length: vertices }, (_, v) => v);
  const rootOf = (vertex: number) => {
    let v = vertex;
    while (parent[v] !== v) v = parent[v] = parent[parent[v]!]!;
    return v;
  };
  for (let e = 0; e < edge_from.length; e++) {
    const [a, b] = [rootOf(edge_from[e]!), rootOf(edge_to[e]!)];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const vertex_part = new Int32Array(vertices);
  let parts = 0;
  for (let v = 0; v < vertices; v++) {
    const root = rootOf(v);
    vertex_part[v] = root === v ? parts++ : vertex_part[root]!;
  }
  const part_metres = new Float64Array(parts);
  for (let e = 0; e < edge_from.length; e++) part_metres[vertex_part[edge_from[e]!]!]! += edge_metres[e]!;
  return { vertex_part, part_metres };
}
