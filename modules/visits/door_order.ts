import { orderRound } from '#engines/round_order/index.ts';
import { type Hours, hoursFor, nextKnock } from './quiet.ts';

/** A door to be ordered. */
export type PlannedDoor = {
  household_id: string;
  building_id: string;
  unit: number;
  floor: number;
  door: string;
  /** Days past its date: the larger, the more urgent. */
  late_days: number;
  wish: Hours | null;
};

/** Walking metres between buildings by their place in a list; place -1 is where the round begins. */
export type Walk = { metres(from: number, to: number): number; placeOf(building_id: string): number };
/** Puts buildings into a short order to walk, beginning at -1. */
export type OrderBuildings = (places: number[], walk: Walk) => number[];

export type Wanted = { starts_at_minute: number; budget_minutes: number; hours: readonly Hours[] };
export type Planned = { household_ids: string[]; walk_metres: number; minutes: number };

/** What a knock takes, the stairs from one floor to the next, and how far an adult walks in a minute. */
export const KNOCK_MINUTES = 5;
export const FLOOR_MINUTES = 0.4;
export const WALK_METRES_A_MINUTE = 70;
/** So many stairs in a row that do not fit any more end the search. */
const MISSES = 12;

type Stair = { place: number; unit: number; doors: PlannedDoor[]; late_days: number };

/** The doors of a stair from the top down, so that it is climbed once: by floor, then by door. */
export function fromTopDown(a: PlannedDoor, b: PlannedDoor): number {
  return b.floor - a.floor || (a.door < b.door ? -1 : a.door > b.door ? 1 : 0);
}

/**
 * Which doors fit into the time, and in which order: stair by stair, the one with the most urgent door first, for as long
 * as the way, the climb and the knocks fit; where not all doors of a stair fit, its most urgent ones. `order` is quick and
 * says what fits; `shorten` then makes the way between buildings short. Doors at which one may not knock when one gets there are left for another round. Pure;
 * O(stairs × buildings²) at worst.
 */
export function planDoors(
  doors: readonly PlannedDoor[],
  walk: Walk,
  wanted: Wanted,
  order: OrderBuildings = nearestFirst,
  shorten: OrderBuildings = shortWay,
): Planned {
  let chosen: Stair[] = [];
  let planned: Planned = { household_ids: [], walk_metres: 0, minutes: 0 };
  let misses = 0;
  for (const stair of stairsOf(doors, walk)) {
    let fits = false;
    for (let count = stair.doors.length; count > 0 && !fits; count = Math.floor(count / 2)) {
      const tried = [...chosen, { ...stair, doors: mostUrgent(stair.doors, count) }];
      const walked = walkThrough(tried, walk, order, wanted);
      fits = walked.minutes <= wanted.budget_minutes && walked.household_ids.length > planned.household_ids.length;
      if (fits) [chosen, planned] = [tried, walked];
    }
    misses = fits ? 0 : misses + 1;
    if (misses >= MISSES) break;
  }
  const shorter = walkThrough(chosen, walk, shorten, wanted);
  return shorter.household_ids.length >= planned.household_ids.length ? shorter : planned;
}

function stairsOf(doors: readonly PlannedDoor[], walk: Walk): Stair[] {
  const stairs = new Map<string, Stair>();
  for (const door of doors) {
    const key = `${door.building_id}/${door.unit}`;
    const stair = stairs.get(key) ?? {
      place: walk.placeOf(door.building_id),
      unit: door.unit,
      doors: [],
      late_days: door.late_days,
    };
    stair.doors.push(door);
    stair.late_days = Math.max(stair.late_days, door.late_days);
    stairs.set(key, stair);
  }
  return [...stairs.values()].sort(
    (a, b) => b.late_days - a.late_days || b.doors.length - a.doors.length || a.place - b.place || a.unit - b.unit,
  );
}

function mostUrgent(doors: readonly PlannedDoor[], count: number): PlannedDoor[] {
  return [...doors].sort((a, b) => b.late_days - a.late_days || fromTopDown(a, b)).slice(0, count);
}

/** Walks the stairs in the order of their buildings, with the clock running. */
function walkThrough(stairs: readonly Stair[], walk: Walk, order: OrderBuildings, wanted: Wanted): Planned {
  const places = order([...new Set(stairs.map((stair) => stair.place))], walk);
  const household_ids: string[] = [];
  let [here, metres, minute] = [-1, 0, wanted.starts_at_minute];
  for (const place of places) {
    const way = walk.metres(here, place);
    metres += way;
    minute += way / WALK_METRES_A_MINUTE;
    here = place;
    for (const stair of stairs.filter((one) => one.place === place).sort((a, b) => a.unit - b.unit)) {
      const climbs = 2 * Math.max(0, ...stair.doors.map((door) => door.floor - 1)) * FLOOR_MINUTES;
      minute += climbs / 2;
      for (const door of [...stair.doors].sort(fromTopDown)) {
        const knock = nextKnock(hoursFor(wanted.hours, door.wish), minute);
        if (knock === null || knock - wanted.starts_at_minute > wanted.budget_minutes) continue;
        minute = knock + KNOCK_MINUTES;
        household_ids.push(door.household_id);
      }
      minute += climbs / 2;
    }
  }
  return { household_ids, walk_metres: Math.round(metres), minutes: Math.ceil(minute - wanted.starts_at_minute) };
}

/** Always on to the nearest building not yet visited. */
export const nearestFirst: OrderBuildings = (places, walk) => {
  const rest = new Set(places);
  const ordered: number[] = [];
  let here = -1;
  while (rest.size > 0) {
    let [best, shortest] = [-1, Number.POSITIVE_INFINITY];
    for (const place of rest) {
      const metres = walk.metres(here, place);
      if (metres < shortest || (metres === shortest && place < best)) [best, shortest] = [place, metres];
    }
    rest.delete(best);
    ordered.push(best);
    here = best;
  }
  return ordered;
};

const EFFORT = { seed: 1, iterations: 3000 };

/** A short way through all buildings from where the round begins; the same on every machine. */
export const shortWay: OrderBuildings = (places, walk) => {
  if (places.length < 3) return nearestFirst(places, walk);
  const at = (point: number) => (point === 0 ? -1 : places[point - 1]!);
  const size = places.length + 1;
  const between = (from: number, to: number) => walk.metres(at(from), at(to));
  const stops = Array.from({ length: size }, () => ({}));
  const round = orderRound({ distances: { size, between }, is_closed: false, start: 0, stops }, EFFORT);
  return round.order.filter((point) => point !== 0).map(at);
};
