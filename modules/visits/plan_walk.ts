import type { Ctx } from '#platform/context.ts';
import { gridsWorkedIn } from './door.store.ts';
import { type Planned, type PlannedDoor, planDoors } from './door_order.ts';
import { type DueDoor, dueDoors } from './due_doors.ts';
import { knockingHours } from './quiet.ts';
import { type NewRoundDoor, onRounds } from './round.store.ts';
import { straightWalk } from './walk.ts';

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
): Promise<Omit<Planned, 'household_ids'> & { doors: NewRoundDoor[] }> {
  const picked = wish.household_ids && new Set(wish.household_ids);
  const due = (await openDoors(ctx, worker_id, wish.planned_on)).filter(
    (door) =>
      (!picked || picked.has(door.household_id)) &&
      (!wish.occasions || door.causes.some((cause) => wish.occasions!.includes(cause.occasion))),
  );
  const planned = planDoors(due, walkBetween(ctx, due, wish.from), {
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
  return { ...planned, doors };
}

type Placed = PlannedDoor & { latitude: number; longitude: number };

/** Walking metres between the buildings of some doors, from where the round begins (the middle of the community when nobody says). */
export function walkBetween(ctx: Ctx, doors: readonly Placed[], from?: { latitude: number; longitude: number }) {
  const buildings = new Map(
    doors.map((door) => [
      door.building_id,
      { id: door.building_id, latitude: door.latitude, longitude: door.longitude },
    ]),
  );
  const start = from ??
    doors[0] ?? { latitude: ctx.community.centre_latitude, longitude: ctx.community.centre_longitude };
  return straightWalk(start, [...buildings.values()]);
}

/** A minute of a day where the neighbourhood is. */
export function startsAt(ctx: Ctx, on: string, minute: number): Date {
  const noon = new Date(`${on}T12:00:00Z`);
  const offset = new Intl.DateTimeFormat('en', { timeZone: ctx.community.time_zone, timeZoneName: 'longOffset' })
    .format(noon)
    .match(/GMT(.+)$/)?.[1];
  return new Date(Date.parse(`${on}T00:00:00${offset ?? '+00:00'}`) + minute * 60_000);
}
