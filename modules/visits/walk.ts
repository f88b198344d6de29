import type { Walk } from './door_order.ts';

export type Point = { id: string; latitude: number; longitude: number };

const METRES_A_DEGREE = 111_195;
/** Ways in a neighbourhood are about so much longer than the straight line. */
const DETOUR = 1.3;

/** Walking metres between buildings by the straight line and the usual detour. */
export function straightWalk(start: { latitude: number; longitude: number }, buildings: readonly Point[]): Walk {
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
