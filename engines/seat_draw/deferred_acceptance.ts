import { makePlaces } from './recompute.ts';
import { refuse } from './refuse.ts';

/** `priority`: classes of applicants, first come first; who stands in none comes after all of them. */
export type Course = { id: string; seats: number; priority?: string[][] };
/** `prefers`: ids of courses, the dearest first; a course not named is not wanted. */
export type Applicant = { id: string; prefers: string[] };
/** The seed of the one lottery number that each applicant has for all courses; may be left out where no tie decides. */
export type Market = { courses: Course[]; applicants: Applicant[]; seed?: string };
export type Assignment = Map<string, string | null>;

/**
 * Applicant-proposing deferred acceptance (Gale and Shapley 1962) with priority classes and single tie-breaking: stable,
 * best for applicants among stable assignments, and nobody gains by naming other preferences. O(preferences · log seats).
 * Refuses a market that is none, with `where`.
 */
export function matchCourses(market: Market): Assignment {
  const { course_at, offsets, wishes } = indexMarket(market);
  const count = market.applicants.length;
  const lottery = lotteryRanks(market);
  const byRank = new Int32Array(count);
  lottery.forEach((rank, applicant) => {
    byRank[rank] = applicant;
  });
  const keys = keysOf(market, { course_at, offsets, wishes, lottery });
  const held = market.courses.map(() => [] as number[]);
  const assigned = new Int32Array(count).fill(-1);
  const next = offsets.slice(0, count);
  const free = Array.from({ length: count }, (_, i) => count - 1 - i);
  while (free.length > 0) {
    const applicant = free.pop()!;
    for (let isFree = true; isFree && next[applicant]! < offsets[applicant + 1]!; ) {
      const wish = next[applicant]!++;
      const course = wishes[wish]!;
      const refused = hold(held[course]!, keys[wish]!, market.courses[course]!.seats);
      if (refused === keys[wish]) continue;
      assigned[applicant] = course;
      isFree = false;
      if (refused === null) continue;
      const loser = byRank[refused % count]!;
      assigned[loser] = -1;
      free.push(loser);
    }
  }
  return new Map(market.applicants.map(({ id }, i) => [id, market.courses[assigned[i]!]?.id ?? null]));
}

/** Each applicant's lottery number: the place of their id under the seed, as text that sorts. The lowest is drawn first. */
export function lotteryOf({ applicants, seed }: Market): Map<string, string> {
  if (seed === undefined) return new Map(applicants.map(({ id }) => [id, id]));
  const place = makePlaces(seed);
  const text = (words: Uint32Array) => {
    let hex = '';
    for (const word of words) hex += word.toString(16).padStart(8, '0');
    return hex;
  };
  return new Map(applicants.map(({ id }) => [id, text(place(id))]));
}

function lotteryRanks(market: Market): Int32Array {
  const numbers = [...lotteryOf(market).values()];
  const order = numbers.map((_, i) => i).sort((a, b) => (numbers[a]! < numbers[b]! ? -1 : 1));
  const ranks = new Int32Array(order.length);
  order.forEach((applicant, rank) => {
    ranks[applicant] = rank;
  });
  return ranks;
}

type Index = { course_at: Map<string, number>; offsets: Int32Array; wishes: Int32Array };

/** Preferences as numbers, one applicant's after another's. Refuses ids that are no ids, unknown or named twice. */
function indexMarket({ courses, applicants }: Market): Index {
  const course_at = placesOf(courses, 'courses');
  placesOf(applicants, 'applicants');
  courses.forEach(({ id, seats }, i) => {
    if (!Number.isSafeInteger(seats) || seats < 0)
      refuse('seats_invalid', `Course “${id}”: seats are a whole number, zero or more.`, {
        path: `courses[${i}].seats`,
      });
  });
  const offsets = new Int32Array(applicants.length + 1);
  applicants.forEach(({ prefers }, i) => {
    offsets[i + 1] = offsets[i]! + prefers.length;
  });
  const wishes = new Int32Array(offsets[applicants.length]!);
  const namedBy = new Int32Array(courses.length).fill(-1);
  applicants.forEach(({ id, prefers }, i) => {
    prefers.forEach((name, j) => {
      const course = course_at.get(name);
      const where = { path: `applicants[${i}].prefers[${j}]` };
      if (course === undefined) refuse('course_unknown', `“${id}” prefers “${name}”, which is no course here.`, where);
      if (namedBy[course] === i) refuse('course_twice', `“${id}” names the course “${name}” twice.`, where);
      namedBy[course] = i;
      wishes[offsets[i]! + j] = course;
    });
  });
  return { course_at, offsets, wishes };
}

function placesOf(things: readonly { id: string }[], kind: string): Map<string, number> {
  const places = new Map<string, number>();
  things.forEach(({ id }, i) => {
    if (id === '' || places.has(id))
      refuse('id_invalid', id === '' ? 'An id is empty.' : `The id “${id}” stands there twice.`, {
        path: `${kind}[${i}].id`,
      });
    places.set(id, i);
  });
  return places;
}

/** How a course ranks each wish for it: its class, then the lottery, as one number; the lowest first. */
function keysOf(market: Market, { offsets, wishes, lottery }: Index & { lottery: Int32Array }): Float64Array {
  const { applicants, courses } = market;
  const wishers = courses.map(() => [] as number[]);
  for (let i = 0; i < applicants.length; i++)
    for (let wish = offsets[i]!; wish < offsets[i + 1]!; wish++) wishers[wishes[wish]!]!.push(wish, i);
  const applicant_at = new Map(applicants.map(({ id }, i) => [id, i]));
  const keys = new Float64Array(wishes.length);
  const classes = new Int32Array(applicants.length);
  courses.forEach(({ id, seats, priority = [] }, at) => {
    classes.fill(priority.length);
    rankClasses(id, priority, applicant_at, classes);
    const pairs = wishers[at]!;
    const met = new Set<number>();
    for (let i = 0; i < pairs.length; i += 2) {
      const [wish, applicant] = [pairs[i]!, pairs[i + 1]!];
      const rank = classes[applicant]!;
      if (market.seed === undefined && pairs.length / 2 > seats && met.has(rank))
        refuse('seed_missing', `Course “${id}” has applicants of equal rank and fewer seats: a seed is needed.`);
      met.add(rank);
      keys[wish] = rank * applicants.length + lottery[applicant]!;
    }
  });
  return keys;
}

function rankClasses(course: string, priority: string[][], at: Map<string, number>, classes: Int32Array): void {
  const named = new Set<number>();
  priority.forEach((members, rank) => {
    for (const member of members) {
      const applicant = at.get(member);
      // Whoever withdrew may still stand in a list of priorities.
      if (applicant === undefined) continue;
      if (named.has(applicant)) refuse('priority_twice', `Course “${course}” gives “${member}” two priorities.`);
      named.add(applicant);
      classes[applicant] = rank;
    }
  });
}

/** Puts a key into a course's heap (the worst on top); returns the key that has to leave, or null while there are seats. */
function hold(heap: number[], key: number, seats: number): number | null {
  if (heap.length < seats) {
    heap.push(key);
    for (let at = heap.length - 1, up = (at - 1) >> 1; at > 0 && heap[up]! < heap[at]!; at = up, up = (at - 1) >> 1)
      [heap[up], heap[at]] = [heap[at]!, heap[up]!];
    return null;
  }
  const worst = heap[0];
  if (worst === undefined || worst < key) return key;
  heap[0] = key;
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    let top = at;
    if (left < heap.length && heap[left]! > heap[top]!) top = left;
    if (right < heap.length && heap[right]! > heap[top]!) top = right;
    if (top === at) return worst;
    [heap[at], heap[top]] = [heap[top]!, heap[at]!];
    at = top;
  }
}
