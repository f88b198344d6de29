import { type Area, boundsOf } from './grid_index.ts';

/** A corner as a form sends it: where it was (undefined when it is new) and where it is now. */
export type Corner = { was?: [longitude: number, latitude: number]; longitude: number; latitude: number };
export type Shape = { id: string; boundary: Area };

const DECIMALS = 1e7;
const key = (point: readonly number[]) => `${Math.round(point[0]! * DECIMALS)},${Math.round(point[1]! * DECIMALS)}`;

/** The corners of a grid that has one ring; undefined for one with several parts or holes, which is drawn elsewhere. */
export function cornersOf(boundary: Area): [number, number][] | undefined {
  const polygon =
    boundary.type === 'MultiPolygon' && boundary.coordinates.length === 1
      ? boundary.coordinates[0]!
      : boundary.type === 'Polygon'
        ? boundary.coordinates
        : [];
  return polygon.length === 1 ? (polygon[0]!.slice(0, -1) as [number, number][]) : undefined;
}

/**
 * Grids after corners of one were moved, added or taken out. A corner that neighbours share moves with them, a new one
 * between two shared corners is put into their border as well, and one taken out goes from theirs: borders stay common.
 * Answers those that changed, the edited one first. Cost: corners of the neighbours.
 */
export function redrawCorners(grid: Shape, corners: readonly Corner[], others: readonly Shape[]): Shape[] {
  const now = corners.map((one) => [one.longitude, one.latitude] as [number, number]);
  const before = cornersOf(grid.boundary) ?? [];
  const moved = new Map<string, [number, number] | null>(before.map((point) => [key(point), null]));
  for (const one of corners) if (one.was) moved.set(key(one.was), [one.longitude, one.latitude]);
  const added = newBetween(corners);
  const changed = others.flatMap((other) => {
    const boundary = mapRings(other.boundary, (ring) => redrawRing(ring, moved, added));
    return boundary ? [{ id: other.id, boundary }] : [];
  });
  return [{ id: grid.id, boundary: { type: 'Polygon', coordinates: [closed(now)] } }, ...changed];
}

/** New corners by the edge they stand on: from the corner before to the one after, in that direction. */
function newBetween(corners: readonly Corner[]): Map<string, [number, number][]> {
  const edges = new Map<string, [number, number][]>();
  const first = corners.findIndex((one) => one.was);
  if (first < 0) return edges;
  const round = [...corners.slice(first), ...corners.slice(0, first + 1)];
  let [from, fresh] = [round[0]!.was!, [] as [number, number][]];
  for (const one of round.slice(1)) {
    if (!one.was) {
      fresh.push([one.longitude, one.latitude]);
      continue;
    }
    if (fresh.length > 0) {
      edges.set(`${key(from)}>${key(one.was)}`, fresh);
      edges.set(`${key(one.was)}>${key(from)}`, fresh.toReversed());
    }
    [from, fresh] = [one.was, []];
  }
  return edges;
}

function redrawRing(
  ring: readonly number[][],
  moved: ReadonlyMap<string, [number, number] | null>,
  added: ReadonlyMap<string, [number, number][]>,
): number[][] {
  const points = ring.slice(0, -1);
  const next = points.flatMap((point, i) => {
    const after = points[(i + 1) % points.length]!;
    const to = moved.get(key(point));
    const fresh = added.get(`${key(point)}>${key(after)}`) ?? [];
    return to === null ? fresh : [to ?? point, ...fresh];
  });
  // A corner taken out must leave a shape; where it would not, the neighbour keeps what it has and is told to overlap.
  return next.length < 3 ? [...ring] : closed(next);
}

function mapRings(area: Area, map: (ring: number[][]) => number[][]): Area | undefined {
  const next: Area =
    area.type === 'Polygon'
      ? { type: 'Polygon', coordinates: area.coordinates.map(map) }
      : { type: 'MultiPolygon', coordinates: area.coordinates.map((polygon) => polygon.map(map)) };
  return JSON.stringify(next) === JSON.stringify(area) ? undefined : next;
}

const closed = (points: number[][]) => [...points, points[0]!];

/** True when the boxes around two areas meet: others cannot overlap. */
export function meet(a: Area, b: Area): boolean {
  const [w1, s1, e1, n1] = boundsOf(a);
  const [w2, s2, e2, n2] = boundsOf(b);
  return w1 <= e2 && w2 <= e1 && s1 <= n2 && s2 <= n1;
}
