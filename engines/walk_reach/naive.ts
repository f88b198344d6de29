import type { Point } from './extract.ts';
import { METRES_A_DEGREE } from './geodesy.ts';
import type { RawNetwork } from './graph.ts';
import { ISLAND_METRES } from './segment_grid.ts';

/**
 * The plainest way to the same answer, for tests and benches: no contraction, no grid, no heap. Each origin is put onto the
 * nearest of all segments by looking at every one; origin and targets cut their segments; Dijkstra looks for the least vertex by
 * scanning. O(points × segments + origins × vertices²). Returns metres to the nearest target; Infinity when there is no way.
 */
export function naiveNearest(network: RawNetwork, from: readonly Point[], to: readonly Point[]): number[] {
  const islands = islandsOf(network);
  const places = [...from, ...to].map((point) => placeOf(network, islands, point));
  return from.map((_, origin) => {
    const wanted = new Set(to.map((_target, t) => from.length + t).filter((i) => places[i]));
    if (!places[origin]) return Infinity;
    return shortest(cutNetwork(network, places), network.latitude.length + origin, network.latitude.length, wanted);
  });
}

type Place = { segment: number; share: number } | null;

/** For each segment, whether its part of the network is too small to be put onto. */
function islandsOf({ segment_from, segment_to, segment_metres, latitude }: RawNetwork): boolean[] {
  const part = Array.from(latitude, (_, v) => v);
  for (let changed = true; changed; ) {
    changed = false;
    for (let s = 0; s < segment_from.length; s++) {
      const [a, b] = [segment_from[s]!, segment_to[s]!];
      const least = Math.min(part[a]!, part[b]!);
      if (part[a] !== least || part[b] !== least) changed = true;
      part[a] = part[b] = least;
    }
  }
  const metres = new Map<number, number>();
  for (let s = 0; s < segment_from.length; s++) {
    const key = part[segment_from[s]!]!;
    metres.set(key, (metres.get(key) ?? 0) + segment_metres[s]!);
  }
  const smallest = Math.min(ISLAND_METRES, Math.max(0, ...metres.values()) * (1 - 1e-12));
  return Array.from(segment_from, (v) => metres.get(part[v]!)! < smallest);
}

function placeOf(network: RawNetwork, islands: boolean[], { latitude, longitude }: Point): Place {
  const { segment_from, segment_to } = network;
  const scale = Math.cos((latitude * Math.PI) / 180);
  let [best, found]: [number, Place] = [1000, null];
  for (let segment = 0; segment < segment_from.length; segment++) {
    if (islands[segment]) continue;
    const [a, b] = [segment_from[segment]!, segment_to[segment]!];
    const [ax, ay] = [(network.longitude[a]! - longitude) * scale, network.latitude[a]! - latitude];
    const [bx, by] = [(network.longitude[b]! - longitude) * scale, network.latitude[b]! - latitude];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, (-ax * (bx - ax) - ay * (by - ay)) / length));
    const metres = Math.hypot(ax + share * (bx - ax), ay + share * (by - ay)) * METRES_A_DEGREE;
    if (metres < best) [best, found] = [metres, { segment, share }];
  }
  return found;
}

type Way = [from: number, to: number, metres: number];

/** The segments, those with places on them cut at each; place i becomes vertex `vertices + i`. */
function cutNetwork({ segment_from, segment_to, segment_metres, latitude }: RawNetwork, places: Place[]): Way[] {
  const ways: Way[] = [];
  for (let s = 0; s < segment_from.length; s++) {
    const cuts = places
      .map((place, i) => ({ share: place?.segment === s ? place.share : -1, vertex: latitude.length + i }))
      .filter(({ share }) => share >= 0)
      .sort((a, b) => a.share - b.share);
    let [before, reached] = [segment_from[s]!, 0];
    for (const { share, vertex } of cuts) {
      ways.push([before, vertex, (share - reached) * segment_metres[s]!]);
      [before, reached] = [vertex, share];
    }
    ways.push([before, segment_to[s]!, (1 - reached) * segment_metres[s]!]);
  }
  return ways;
}

function shortest(ways: Way[], start: number, vertices: number, wanted: Set<number>): number {
  const metres = new Map<number, number>([[start, 0]]);
  const settled = new Set<number>();
  for (;;) {
    let [vertex, least] = [-1, Infinity];
    for (const [v, away] of metres) if (!settled.has(v) && away < least) [vertex, least] = [v, away];
    if (vertex < 0) return Infinity;
    if (wanted.has(vertex - vertices)) return least;
    settled.add(vertex);
    for (const [a, b, length] of ways) {
      const other = a === vertex ? b : b === vertex ? a : -1;
      if (other >= 0 && least + length < (metres.get(other) ?? Infinity)) metres.set(other, least + length);
    }
  }
}
