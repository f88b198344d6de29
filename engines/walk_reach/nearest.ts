import type { WalkGraph } from './graph.ts';
import type { Search } from './shortest.ts';
import type { Snapped } from './snap.ts';

/** For each origin: the nearest target (-1 when no way leads to any), metres along the network, and how many are steps. */
export type Nearest = { target: Int32Array; metres: Float64Array; steps_metres: Float64Array };

/**
 * The nearest of many targets for every origin, in one search from all targets at once. Metres run along the network from
 * the place the origin was put on it to the place the target was put on it, also when both are on one edge. Cost: one
 * search plus O(origins + targets log targets).
 */
export function findNearest(search: Search, from: Snapped, to: Snapped): Nearest {
  const { graph } = search;
  search.clear();
  for (let t = 0; t < to.count; t++) {
    const edge = to.edge[t]!;
    if (edge < 0) continue;
    search.seed(graph.edge_from[edge]!, to.along[t]!, t);
    search.seed(graph.edge_to[edge]!, graph.edge_metres[edge]! - to.along[t]!, t);
  }
  search.run();
  const labels = labelsOf(search, to);
  const found: Nearest = {
    target: new Int32Array(from.count),
    metres: new Float64Array(from.count),
    steps_metres: new Float64Array(from.count),
  };
  fromVertices(search, labels, from, found);
  if (to.count > 0) alongOneEdge(graph, from, to, found);
  return found;
}

type Labels = { target: Int32Array; steps: Float64Array };

/** Which target each vertex is nearest to and how many metres of that way are steps, in the order of settling. */
function labelsOf({ graph, via, order, settled, metres }: Search, to: Snapped): Labels {
  const { edge_from, edge_to, edge_steps_metres, arc_edge, vertices } = graph;
  const target = new Int32Array(vertices);
  const steps = new Float64Array(vertices);
  for (let i = 0; i < settled; i++) {
    const v = order[i]!;
    const arc = via[v]!;
    if (arc >= 0) {
      const edge = arc_edge[arc]!;
      const before = edge_from[edge]! + edge_to[edge]! - v;
      target[v] = target[before]!;
      steps[v] = steps[before]! + edge_steps_metres[edge]!;
      continue;
    }
    const seed = -2 - arc;
    const edge = to.edge[seed]!;
    // A loop's vertex is reached from the nearer of its two sides.
    const isFrom = edge_from[edge] === v && metres[v] === to.along[seed];
    target[v] = seed;
    steps[v] = isFrom ? to.steps_along[seed]! : edge_steps_metres[edge]! - to.steps_along[seed]!;
  }
  return { target, steps };
}

/** The better of the two ways off each origin's edge. Columns are named once: this loop is most of the work of a large table. */
function fromVertices(search: Search, labels: Labels, from: Snapped, found: Nearest): void {
  const { metres, graph } = search;
  const { edge_from, edge_to, edge_metres, edge_steps_metres } = graph;
  const { count, edge: edges, along, steps_along } = from;
  const { target, metres: found_metres, steps_metres } = found;
  for (let i = 0; i < count; i++) {
    const edge = edges[i]!;
    target[i] = -1;
    found_metres[i] = Infinity;
    if (edge < 0) continue;
    const first = edge_from[edge]!;
    const second = edge_to[edge]!;
    const back = metres[first]! + along[i]!;
    const on = metres[second]! + (edge_metres[edge]! - along[i]!);
    const isBack = back <= on;
    const reached = isBack ? back : on;
    if (reached === Infinity) continue;
    const vertex = isBack ? first : second;
    found_metres[i] = reached;
    target[i] = labels.target[vertex]!;
    steps_metres[i] = labels.steps[vertex]! + (isBack ? steps_along[i]! : edge_steps_metres[edge]! - steps_along[i]!);
  }
}

/** The way along the edge itself, for origins that have a target on their own edge. */
function alongOneEdge(graph: WalkGraph, from: Snapped, to: Snapped, found: Nearest): void {
  const sorted = Array.from({ length: to.count }, (_, t) => t)
    .filter((t) => to.edge[t]! >= 0)
    .sort((a, b) => to.edge[a]! - to.edge[b]! || to.along[a]! - to.along[b]!);
  const first = new Int32Array(graph.edges).fill(-1);
  for (let i = sorted.length - 1; i >= 0; i--) first[to.edge[sorted[i]!]!] = i;
  for (let i = 0; i < from.count; i++) {
    const edge = from.edge[i]!;
    if (edge < 0 || first[edge]! < 0) continue;
    const at = placeOf(sorted, to, edge, from.along[i]!, first[edge]!);
    for (let near = Math.max(0, at - 1); near <= at && near < sorted.length; near++) {
      const t = sorted[near]!;
      if (to.edge[t] !== edge) continue;
      const metres = Math.abs(to.along[t]! - from.along[i]!);
      if (metres >= found.metres[i]!) continue;
      found.target[i] = t;
      found.metres[i] = metres;
      found.steps_metres[i] = Math.abs(to.steps_along[t]! - from.steps_along[i]!);
    }
  }
}

/** Where in the sorted targets the first one of the edge stands that is not before `along`. */
function placeOf(sorted: number[], to: Snapped, edge: number, along: number, begin: number): number {
  let [low, high] = [begin, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const t = sorted[middle]!;
    if (to.edge[t]! > edge || to.along[t]! >= along) high = middle;
    else low = middle + 1;
  }
  return low;
}
