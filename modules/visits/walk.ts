import type { Walk } from './door_order.ts';

/** By which metres a round was planned: along the streets, or by straight lines and the usual detour. */
export type WalkBy = 'streets' | 'straight';
/** What of a network of streets is asked: metres from one point to all, Infinity where no way leads. */
export type Streets = { doorToDoorFrom(points: readonly Place[]): (from: number) => Float64Array };
type Place = { latitude: number; longitude: number };

export type Point = { id: string; latitude: number; longitude: number };

const METRES_A_DEGREE = 111_195;
/** Ways in a neighbourhood are about so much longer than the straight line. */
const DETOUR = 1.3;

/** Walking metres between buildings by the straight line and the usual detour. */
export function straightWalk(start: Place, buildings: readonly Point[]): Walk {
  const places = new Map(buildings.map((building, place) => [building.id, place]));
  const stretch = Math.cos((start.latitude * Math.PI) / 180);
  const at = (place: number) => (place < 0 ? start : buildings[place]!);
  return {
    placeOf: (id) => places.get(id)!,
    metres(from, to) {
      const [a, b] = [at(from), at(to)];
      const [north, east] = [b.latitude - a.latitude, (b.longitude - a.longitude) * stretch];
      return Math.hypot(north, east) * METRES_A_DEGREE * DETOUR;
    },
  };
}

/** Walking metres between buildings along the streets; where these do not lead, by the straight line. */
export function streetWalk(streets: Streets, start: Place, buildings: readonly Point[]): Walk {
  const straight = straightWalk(start, buildings);
  const row = streets.doorToDoorFrom([start, ...buildings]);
  return {
    placeOf: straight.placeOf,
    metres(from, to) {
      const metres = row(from + 1)[to + 1]!;
      return Number.isFinite(metres) ? metres : straight.metres(from, to);
    },
  };
}
