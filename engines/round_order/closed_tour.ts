import { type Distance, nearestOf } from './distances.ts';
import { Improver } from './improver.ts';
import { type Random, seededRandom } from './random.ts';
import { Tour } from './tour.ts';

/**
 * When to stop: after so many iterations (the same on every machine), or when so many milliseconds have passed on a clock
 * that the caller brings, such as `() => performance.now()`; with both, whichever comes first.
 */
export type Effort = { seed?: number; iterations?: number; milliseconds?: number; now?: () => number };

const NEAREST = 10;
const LONGEST_KICK = 50;

/**
 * A short closed tour through all points where ways are equal in both directions: local search (see Improver), then again
 * and again a double bridge over a short stretch, local search around it, and the way back when nothing was gained
 * (iterated local search: Martin, Otto, Felten 1991; Lourenço, Martin, Stützle 2003). O(n²) to begin with; an iteration
 * takes time that hardly grows with n.
 */
export function closedTour(size: number, distance: Distance, effort: Effort): number[] {
  const isOver = endOf(effort);
  if (size < 4) return Array.from({ length: size }, (_, point) => point);
  const count = Math.min(NEAREST, size - 1);
  const nearest = { count, points: nearestOf(size, count, distance) };
  const tour = new Tour(nearestNeighbourTour(size, distance, nearest));
  const improver = new Improver(tour, distance, nearest);
  for (let place = 0; place < size; place++) improver.wake(tour.at(place));
  improver.settle(isOver);
  const random = seededRandom(effort.seed ?? 1);
  const iterations = effort.iterations ?? Number.POSITIVE_INFINITY;
  for (let iteration = 0; size >= 8 && iteration < iterations; iteration++) {
    if (iteration % 16 === 0 && isOver()) break;
    tour.emptyJournal();
    const lost = kick(tour, distance, random);
    improver.wakeSince(0);
    if (improver.settle() < lost) tour.undoTo(0);
  }
  return tour.order();
}

/** Whether the time is up; without a time there must be a number of iterations. */
export function endOf({ iterations, milliseconds, now }: Effort): () => boolean {
  if (milliseconds === undefined || !now) {
    if (iterations === undefined) throw new TypeError('iterations, or milliseconds and a clock, are needed');
    return () => false;
  }
  const end = now() + milliseconds;
  return () => now() >= end;
}

/** Swaps two neighbouring runs of the tour, at a random place; the length lost by it. */
function kick(tour: Tour, distance: Distance, random: Random): number {
  const longest = Math.min(LONGEST_KICK, Math.floor((tour.size - 2) / 3));
  const place = random.below(tour.size);
  const first = place + 1 + random.below(longest);
  const second = first + 1 + random.below(longest);
  const [a, b, c] = [tour.at(place), tour.at(place + 1), tour.at(first)];
  const [d, e, f] = [tour.at(first + 1), tour.at(second), tour.at(second + 1)];
  tour.exchange(a, b, e, f);
  tour.exchange(a, e, d, c);
  tour.exchange(e, c, b, f);
  return distance(a, d) + distance(e, b) + distance(c, f) - distance(a, b) - distance(c, d) - distance(e, f);
}

/** From the first point always on to the nearest one not yet visited. O(n²) at worst, mostly near n × count. */
function nearestNeighbourTour(size: number, distance: Distance, nearest: { count: number; points: Int32Array }) {
  const order = new Int32Array(size);
  const rest = Int32Array.from({ length: size }, (_, point) => point);
  const restAt = rest.slice();
  let left = size;
  const visit = (place: number, point: number) => {
    order[place] = point;
    const last = rest[--left]!;
    rest[restAt[point]!] = last;
    restAt[last] = restAt[point]!;
    restAt[point] = -1;
  };
  visit(0, 0);
  for (let place = 1; place < size; place++) {
    const here = order[place - 1]!;
    let best = -1;
    for (let at = here * nearest.count; best < 0 && at < (here + 1) * nearest.count; at++) {
      if (restAt[nearest.points[at]!]! >= 0) best = nearest.points[at]!;
    }
    for (let at = 0, shortest = Number.POSITIVE_INFINITY; at < left && (best < 0 || shortest < Infinity); at++) {
      const length = distance(here, rest[at]!);
      if (length < shortest || (length === shortest && rest[at]! < best)) [best, shortest] = [rest[at]!, length];
    }
    visit(place, best);
  }
  return order;
}
