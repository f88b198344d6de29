import { fromTopDown, shortWay, type Walk } from '../../../../modules/visits/door_order.ts';
import { straightWalk } from '../../../../modules/visits/walk.ts';
import type { Door, Pack } from './round.ts';

/**
 * The doors that are left in a short order from where their walker stands, by the server's own rules
 * (modules/visits/door_order.ts, engines/round_order): buildings a short way apart, stair by stair, from the top down. Between
 * buildings the metres are those along the streets that the pack brought; to the first one it is the straight line.
 */
export function planAnew(
  doors: readonly Door[],
  from: { latitude: number; longitude: number },
  walk: Pack['walk'] = null,
): Door[] {
  const buildings = [...Map.groupBy(doors, (door) => door.building_id)];
  const points = buildings.map(([id, [door]]) => ({ id, latitude: door!.latitude, longitude: door!.longitude }));
  const order = shortWay(
    points.map((_, place) => place),
    alongStreets(straightWalk(from, points), points, walk),
  );
  const wanted = (door: Door) => ({ ...door, late_days: 0 });
  return order.flatMap((place) =>
    buildings[place]![1].toSorted((a, b) => a.unit - b.unit || fromTopDown(wanted(a), wanted(b))),
  );
}

function alongStreets(straight: Walk, points: readonly { id: string }[], walk: Pack['walk']): Walk {
  if (!walk) return straight;
  const rows = points.map((point) => walk.building_ids.indexOf(point.id));
  const known = (from: number, to: number) => walk.metres[rows[from] ?? -1]?.[rows[to] ?? -1];
  return { ...straight, metres: (from, to) => known(from, to) ?? straight.metres(from, to) };
}
