import { isBlocked, isSteps, isWalkable } from './access.ts';
import type { Extract, Tags } from './extract.ts';
import { metresBetween } from './geodesy.ts';
import type { RawNetwork } from './graph.ts';

type Options = { avoid_steps?: boolean };

/**
 * Everything that can be walked in an extract, one vertex a node. A node that blocks (a wall, access=no) becomes the dead
 * end of each way that meets it. Squares and other areas are walked along their rim, those mapped as a relation too.
 * `avoid_steps` leaves out steps without a ramp, for wheels and prams. Linear in the extract.
 */
export function readNetwork(extract: Extract, { avoid_steps = false }: Options = {}): RawNetwork {
  const lines = walkableLines(extract, avoid_steps);
  const most = lines.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const { nodes } = extract;
  const vertexOf = new Int32Array(nodes.size).fill(-1);
  const network = emptyNetwork(most);
  let [vertices, segments] = [0, 0];
  const addVertex = (node: number) => {
    network.latitude[vertices] = nodes.latitudes[node]!;
    network.longitude[vertices] = nodes.longitudes[node]!;
    return vertices++;
  };
  // What is mapped twice between the same two nodes is one thing; where one of the two is no steps, nor is the other.
  const known = new Map<number, number>();
  const addSegment = (from: number, to: number, steps: number) => {
    const key = Math.min(from, to) * 2 ** 26 + Math.max(from, to);
    const same = known.get(key);
    if (same !== undefined) {
      network.segment_is_steps[same]! &= steps;
      return;
    }
    known.set(key, segments);
    network.segment_from[segments] = from;
    network.segment_to[segments] = to;
    network.segment_metres[segments] = metresBetween(
      network.latitude[from]!,
      network.longitude[from]!,
      network.latitude[to]!,
      network.longitude[to]!,
    );
    network.segment_is_steps[segments++] = steps;
  };
  for (const line of lines) {
    const steps = isSteps(line.tags) ? 1 : 0;
    let before = -1;
    let beforeNode = -1;
    for (const id of line.nodes) {
      const node = nodes.indexOf(id);
      if (node < 0 || node === beforeNode) continue;
      const blocks = isBlocked(nodes.tagsAt(node));
      const here = blocks ? addVertex(node) : vertexOf[node]! >= 0 ? vertexOf[node]! : addVertex(node);
      if (!blocks) vertexOf[node] = here;
      if (before >= 0) addSegment(before, here, steps);
      before = blocks ? addVertex(node) : here;
      beforeNode = node;
    }
  }
  return cutNetwork(network, vertices, segments);
}

type Line = { nodes: readonly number[]; tags: Tags };

function walkableLines(extract: Extract, avoid_steps: boolean): Line[] {
  const isWanted = (tags: Tags) =>
    isWalkable(tags) && !(avoid_steps && isSteps(tags) && !/^(yes|automatic)$/.test(tags.ramp ?? ''));
  const lines: Line[] = extract.ways.filter(({ tags }) => isWanted(tags));
  const areas = extract.relations.filter(({ tags }) => tags.type === 'multipolygon' && isWanted(tags));
  if (areas.length === 0) return lines;
  const ways = new Map(extract.ways.map((way) => [way.id, way]));
  for (const { members, tags } of areas) {
    for (const member of members) {
      const way = member.type === 'way' ? ways.get(member.id) : undefined;
      if (way && !isWanted(way.tags)) lines.push({ nodes: way.nodes, tags });
    }
  }
  return lines;
}

function emptyNetwork(most: number): RawNetwork {
  return {
    latitude: new Float64Array(most * 2),
    longitude: new Float64Array(most * 2),
    segment_from: new Int32Array(most),
    segment_to: new Int32Array(most),
    segment_metres: new Float64Array(most),
    segment_is_steps: new Uint8Array(most),
  };
}

function cutNetwork(network: RawNetwork, vertices: number, segments: number): RawNetwork {
  return {
    latitude: network.latitude.subarray(0, vertices),
    longitude: network.longitude.subarray(0, vertices),
    segment_from: network.segment_from.subarray(0, segments),
    segment_to: network.segment_to.subarray(0, segments),
    segment_metres: network.segment_metres.subarray(0, segments),
    segment_is_steps: network.segment_is_steps.subarray(0, segments),
  };
}
