import { fromTopDown, shortWay } from '../../../../modules/visits/door_order.ts';
import { straightWalk } from '../../../../modules/visits/walk.ts';
import type { Door } from './round.ts';

/**
 * The doors that are left in a short order from where their walker stands, by the server's own rules
 * (modules/visits/door_order.ts, engines/round_order): buildings a short way apart, stair by stair, from the top down.
 */
export function planAnew(doors: readonly Door[], from: { latitude: number; longitude: number }): Door[] {
  const buildings = [...Map.groupBy(doors, (door) => door.building_id)];
  const points = buildings.map(([id, [door]]) => ({ id, latitude: door!.latitude, longitude: door!.longitude }));
  const order = shortWay(
    points.map((_, place) => place),
    straightWalk(from, points),
  );
  const wanted = (door: Door) => ({ ...door, late_days: 0 });
  return order.flatMap((place) =>
    buildings[place]![1].toSorted((a, b) => a.unit - b.unit || fromTopDown(wanted(a), wanted(b))),
  );
}
