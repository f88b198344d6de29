import { type Area, ringsOf } from './grid_index.ts';

type Edge = { x1: number; y1: number; x2: number; y2: number; of: number };

const METRES_A_DEGREE = 111_195;

/**
 * How many square metres lie where `keep` says so of “inside the first, inside the second, …”. Exact for straight edges up
 * to rounding: the plane is cut into bands at every corner and crossing, in which edges do not cross, so the width half-way
 * up a band is its mean. Degrees are taken as a plane at the middle latitude, good to a thousandth over a neighbourhood.
 * Cost: the square of the number of edges, so give only areas near each other.
 */
export function squareMetres(areas: readonly Area[], keep: (inside: readonly boolean[]) => boolean): number {
  const edges = areas.flatMap((area, of) => edgesOf(area, of));
  const levels = [...new Set([...edges.flatMap((edge) => [edge.y1, edge.y2]), ...crossings(edges)])].sort(
    (a, b) => a - b,
  );
  const sorted = edges.filter((edge) => edge.y1 !== edge.y2).sort((a, b) => a.y1 - b.y1);
  let total = 0;
  let next = 0;
  let alive: Edge[] = [];
  for (let i = 0; i + 1 < levels.length; i++) {
    const [low, high] = [levels[i]!, levels[i + 1]!];
    const middle = (low + high) / 2;
    while (next < sorted.length && sorted[next]!.y1 <= middle) alive.push(sorted[next++]!);
    alive = alive.filter((edge) => edge.y2 > middle);
    total += widthAt(alive, middle, areas.length, keep) * (high - low);
  }
  const latitude = levels.length ? (levels[0]! + levels[levels.length - 1]!) / 2 : 0;
  return total * METRES_A_DEGREE ** 2 * Math.cos((latitude * Math.PI) / 180);
}

function widthAt(edges: Edge[], y: number, count: number, keep: (inside: readonly boolean[]) => boolean): number {
  const cuts = edges
    .map(({ x1, y1, x2, y2, of }) => ({ x: x1 + ((y - y1) / (y2 - y1)) * (x2 - x1), of }))
    .sort((a, b) => a.x - b.x);
  const inside = new Array<boolean>(count).fill(false);
  let width = 0;
  for (let i = 0; i + 1 < cuts.length; i++) {
    inside[cuts[i]!.of] = !inside[cuts[i]!.of];
    if (cuts[i + 1]!.x > cuts[i]!.x && keep(inside)) width += cuts[i + 1]!.x - cuts[i]!.x;
  }
  return width;
}

/** The edges of an area, each from its lower end to its upper one. */
function edgesOf(area: Area, of: number): Edge[] {
  return ringsOf(area).flatMap((ring) =>
    ring.slice(1).map((point, i) => {
      const [[ax, ay], [bx, by]] = [ring[i] as [number, number], point as [number, number]];
      return ay <= by ? { x1: ax, y1: ay, x2: bx, y2: by, of } : { x1: bx, y1: by, x2: ax, y2: ay, of };
    }),
  );
}

function* crossings(edges: readonly Edge[]): Generator<number> {
  const sorted = [...edges].sort((a, b) => a.y1 - b.y1);
  for (let i = 0; i < sorted.length; i++)
    for (let j = i + 1; j < sorted.length && sorted[j]!.y1 <= sorted[i]!.y2; j++) {
      const point = crossingOf(sorted[i]!, sorted[j]!);
      if (point) yield point[1];
    }
}

/** Where two edges cross between their ends; undefined when they only touch, run along each other, or miss. */
function crossingOf(a: Edge, b: Edge): [number, number] | undefined {
  const [ax, ay, bx, by] = [a.x2 - a.x1, a.y2 - a.y1, b.x2 - b.x1, b.y2 - b.y1];
  const across = ax * by - ay * bx;
  if (across === 0) return undefined;
  const s = ((b.x1 - a.x1) * by - (b.y1 - a.y1) * bx) / across;
  const t = ((b.x1 - a.x1) * ay - (b.y1 - a.y1) * ax) / across;
  return s > 0 && s < 1 && t > 0 && t < 1 ? [a.x1 + s * ax, a.y1 + s * ay] : undefined;
}

/** True when the border of an area runs through itself. */
export function crossesItself(area: Area): boolean {
  const edges = edgesOf(area, 0);
  return edges.some((edge, i) => edges.slice(i + 1).some((other) => crossingOf(edge, other) !== undefined));
}
