import { walkNetworkOf } from '#modules/places/index.ts';
import type { Ctx } from '#platform/context.ts';
import { gridsWorkedIn } from './door.store.ts';
import { type Planned, type PlannedDoor, planDoors, type Walk } from './door_order.ts';
import { type DueDoor, dueDoors } from './due_doors.ts';
import { knockingHours } from './quiet.ts';
import { type NewRoundDoor, onRounds } from './round.store.ts';
import { type Point, straightWalk, streetWalk, type WalkBy } from './walk.ts';

type Wish = {
  planned_on: string;
  starts_at_minute: number;
  budget_minutes: number;
  occasions?: string[];
  household_ids?: string[];
  from?: { latitude: number; longitude: number };
};

/** The doors of a worker that may be put on a round: due, not on one already, and willing to be knocked at. */
export async function openDoors(ctx: Ctx, worker_id: string, planned_on: string): Promise<DueDoor[]> {
  const due = await dueDoors(ctx, { grid_ids: await gridsWorkedIn(ctx, worker_id), worker_id });
  const taken = await onRounds(
    ctx,
    due.map((door) => door.household_id),
    planned_on,
  );
  return due.filter((door) => !door.no_knock && !taken.has(door.household_id));
}

/** Chooses and orders a worker's doors within the time there is. */
export async function planWalk(
  ctx: Ctx,
  worker_id: string,
  wish: Wish,
): Promise<Omit<Planned, 'household_ids'> & { doors: NewRoundDoor[]; walk_by: WalkBy }> {
  const picked = wish.household_ids && new Set(wish.household_ids);
  const due = (await openDoors(ctx, worker_id, wish.planned_on)).filter(
    (door) =>
      (!picked || picked.has(door.household_id)) &&
      (!wish.occasions || door.causes.some((cause) => wish.occasions!.includes(cause.occasion))),
  );
  const { walk, by } = await walkBetween(ctx, due, wish.from);
  const planned = planDoors(due, walk, {
    starts_at_minute: wish.starts_at_minute,
    budget_minutes: wish.budget_minutes,
    hours: knockingHours(ctx.community.settings),
  });
  const byId = new Map(due.map((door) => [door.household_id, door]));
  const doors = planned.household_ids.map((household_id): NewRoundDoor => {
    const door = byId.get(household_id)!;
    const { occasion, reason, due_on } = door.causes[0]!;
    return { household_id, occasion, reason, due_on, needs_two: door.needs_two };
  });
  return { ...planned, doors, walk_by: by };
}

type Placed = Pick<PlannedDoor, 'building_id'> & { latitude: number; longitude: number };

/** Walking metres between the buildings of some doors, from where the round begins (the first of them when nobody says). */
async function walkBetween(
  ctx: Ctx,
  doors: readonly Placed[],
  from?: { latitude: number; longitude: number },
): Promise<{ walk: Walk; by: WalkBy }> {
  const buildings = buildingsOf(doors);
  const start = from ??
    doors[0] ?? { latitude: ctx.community.centre_latitude, longitude: ctx.community.centre_longitude };
  const streets = await walkNetworkOf(ctx);
  return streets
    ? { walk: streetWalk(streets, start, buildings), by: 'streets' }
    : { walk: straightWalk(start, buildings), by: 'straight' };
}

function buildingsOf(doors: readonly Placed[]): Point[] {
  const all = doors.map(({ building_id, latitude, longitude }) => [
    building_id,
    { id: building_id, latitude, longitude },
  ]);
  return [...new Map(all as [string, Point][]).values()];
}

/** Whole metres along the streets between all buildings of some doors, for a phone that plans anew; null without streets. */
export async function metresBetween(ctx: Ctx, doors: readonly Placed[]) {
  const streets = await walkNetworkOf(ctx);
  const buildings = buildingsOf(doors);
  if (!streets || buildings.length === 0) return null;
  const walk = streetWalk(streets, buildings[0]!, buildings);
  const metres = buildings.map((_, from) => buildings.map((_to, to) => Math.round(walk.metres(from, to))));
  return { building_ids: buildings.map((building) => building.id), metres };
}
