/**
 * A network to walk on, chains contracted: vertices are junctions and ends, an edge is everything between two of them.
 * All in typed arrays; an edge can be walked both ways.
 */
export type WalkGraph = {
  vertices: number;
  edges: number;
  /** Edge: its two vertices, metres, and how many of these are steps. */
  edge_from: Int32Array;
  edge_to: Int32Array;
  edge_metres: Float64Array;
  edge_steps_metres: Float64Array;
  /** Arcs of vertex v are first_arc[v] … first_arc[v + 1] - 1. Loops are left out: no shortest way uses one. */
  first_arc: Int32Array;
  arc_to: Int32Array;
  arc_edge: Int32Array;
  arc_metres: Float64Array;
  /** Points of edge e are first_point[e] … first_point[e + 1] - 1, from its first vertex to its second. */
  first_point: Int32Array;
  point_edge: Int32Array;
  /** Which vertex of the raw network a point is. */
  point_raw: Int32Array;
  point_latitude: Float64Array;
  point_longitude: Float64Array;
  /** Metres from the edge's first vertex, and how many of these are steps. */
  point_along: Float64Array;
  point_steps: Float64Array;
  /** Which part that hangs together a vertex belongs to, and how many metres of ways each part has. */
  vertex_part: Int32Array;
  part_metres: Float64Array;
};

/** Segments before contraction: two vertices of the raw network each. */
export type RawNetwork = {
  latitude: Float64Array;
  longitude: Float64Array;
  segment_from: Int32Array;
  segment_to: Int32Array;
  segment_metres: Float64Array;
  segment_is_steps: Uint8Array;
};
