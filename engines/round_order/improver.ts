import type { Distance } from './distances.ts';
import type { Tour } from './tour.ts';

/** How many continuations are tried at each depth of a chain of exchanges. */
const BREADTH = [5, 3, 1];
const WIDEST = 5;
const LONGEST_MOVED = 3;
/** A gain below this is rounding, not a gain. */
const LEAST_GAIN = 1e-7;

/** For every point the `count` nearest, nearest first: size × count. */
export type Nearest = { count: number; points: Int32Array };

/**
 * Local search on a tour with equal ways there and back: chains of up to three 2-opt exchanges, each of which must leave a
 * gain so far (Lin and Kernighan, “An effective heuristic algorithm for the traveling-salesman problem”, 1973), and moves
 * of one to three points elsewhere, turned around or not (Or, 1976). Only the nearest points are tried, and only points
 * whose surroundings changed (Bentley, “Fast algorithms for geometric traveling salesman problems”, 1992).
 */
export class Improver {
  readonly #tour: Tour;
  readonly #distance: Distance;
  readonly #nearest: Int32Array;
  readonly #count: number;
  readonly #queue: Int32Array;
  readonly #isWaiting: Uint8Array;
  #first = 0;
  #waiting = 0;
  readonly #chosen = new Int32Array(BREADTH.length * WIDEST);
  readonly #scores = new Float64Array(BREADTH.length * WIDEST);

  constructor(tour: Tour, distance: Distance, nearest: Nearest) {
    this.#tour = tour;
    this.#distance = distance;
    this.#nearest = nearest.points;
    this.#count = nearest.count;
    this.#queue = new Int32Array(tour.size);
    this.#isWaiting = new Uint8Array(tour.size);
  }

  /** Puts a point on the list of those whose surroundings have changed. */
  wake(point: number): void {
    if (this.#isWaiting[point]) return;
    this.#isWaiting[point] = 1;
    this.#queue[(this.#first + this.#waiting++) % this.#queue.length] = point;
  }

  /** Wakes every point that was touched since the mark. */
  wakeSince(mark: number): void {
    const touched = this.#tour.touchedSince(mark);
    for (let at = 0; at < touched.length; at++) this.wake(touched[at]!);
  }

  /** Improves around waiting points until none is left, or `isOver` says so; returns the length gained. */
  settle(isOver?: () => boolean): number {
    let gained = 0;
    for (let turns = 0; this.#waiting > 0; turns++) {
      if (isOver && turns % 64 === 63 && isOver()) return gained;
      const point = this.#queue[this.#first]!;
      this.#first = this.#first + 1 === this.#queue.length ? 0 : this.#first + 1;
      this.#waiting--;
      this.#isWaiting[point] = 0;
      for (;;) {
        const mark = this.#tour.mark();
        const gain = this.#improve(point);
        if (gain <= 0) break;
        gained += gain;
        this.wakeSince(mark);
      }
    }
    return gained;
  }

  #improve(point: number): number {
    const tour = this.#tour;
    const distance = this.#distance;
    const gain = this.#move(point, true) || this.#move(point, false);
    if (gain > 0) return gain;
    const next = tour.next(point);
    const forward = this.#chain(0, distance(point, next), point, next);
    if (forward > 0) return forward;
    const previous = tour.previous(point);
    return this.#chain(0, distance(point, previous), point, previous);
  }

  /** The best continuations from the open end `end` of the path that began at `start`; how many were written down. */
  #choose(depth: number, gain: number, start: number, end: number): number {
    const tour = this.#tour;
    const distance = this.#distance;
    const chosen = this.#chosen;
    const scores = this.#scores;
    const isForward = tour.next(start) === end;
    const row = depth * WIDEST;
    const breadth = BREADTH[depth]!;
    let found = 0;
    for (let at = end * this.#count, last = at + this.#count; at < last; at++) {
      const near = this.#nearest[at]!;
      const left = gain - distance(end, near);
      if (left <= LEAST_GAIN) break;
      const cut = isForward ? tour.previous(near) : tour.next(near);
      if (near === start || cut === end) continue;
      const score = left + distance(near, cut);
      if (found === breadth && score <= scores[row + breadth - 1]!) continue;
      let place = row + (found < breadth ? found++ : breadth - 1);
      for (; place > row && scores[place - 1]! < score; place--) {
        scores[place] = scores[place - 1]!;
        chosen[place] = chosen[place - 1]!;
      }
      scores[place] = score;
      chosen[place] = near;
    }
    return found;
  }

  /** Continues a chain in which `end` has lost its edge to `start`; the gain of the whole chain, 0 when there is none. */
  #chain(depth: number, gain: number, start: number, end: number): number {
    const tour = this.#tour;
    const found = this.#choose(depth, gain, start, end);
    for (let at = depth * WIDEST, last = at + found; at < last; at++) {
      const near = this.#chosen[at]!;
      const cut = tour.next(start) === end ? tour.previous(near) : tour.next(near);
      const mark = tour.mark();
      const open = this.#scores[at]!;
      const closed = open - this.#distance(cut, start);
      if (closed <= LEAST_GAIN && depth + 1 === BREADTH.length) continue;
      tour.exchange(start, end, cut, near);
      if (closed > LEAST_GAIN) return closed;
      const gained = this.#chain(depth + 1, open, start, cut);
      if (gained > 0) return gained;
      tour.undoTo(mark);
    }
    return 0;
  }

  /** Moves the run of one to three points that begins at `head`, seen in one direction, next to a point near `head`. */
  #move(head: number, isForward: boolean): number {
    const tour = this.#tour;
    const distance = this.#distance;
    const before = isForward ? tour.previous(head) : tour.next(head);
    let tail = head;
    for (let length = 1; length <= LONGEST_MOVED && length + 3 <= tour.size; length++) {
      const after = isForward ? tour.next(tail) : tour.previous(tail);
      const freed = distance(before, head) + distance(tail, after) - distance(before, after);
      for (let at = head * this.#count, last = at + this.#count; at < last; at++) {
        const near = this.#nearest[at]!;
        const left = freed - distance(head, near);
        if (left <= LEAST_GAIN) break;
        if (this.#isWithin(near, head, length, isForward)) continue;
        const ahead = isForward ? tour.next(near) : tour.previous(near);
        const straight = left + distance(near, ahead) - distance(tail, ahead);
        if (near !== before && straight > LEAST_GAIN) {
          this.#insert(before, head, tail, after, near, ahead);
          tour.exchange(near, tail, head, ahead);
          return straight;
        }
        const behind = isForward ? tour.previous(near) : tour.next(near);
        const turned = left + distance(behind, near) - distance(behind, tail);
        if (near !== after && turned > LEAST_GAIN) {
          this.#insert(before, head, tail, after, behind, near);
          return turned;
        }
      }
      tail = after;
    }
    return 0;
  }

  #isWithin(point: number, head: number, length: number, isForward: boolean): boolean {
    const tour = this.#tour;
    const size = this.#tour.size;
    const ahead = tour.placeOf(point) - tour.placeOf(head);
    return ((isForward ? ahead : -ahead) + size) % size < length;
  }

  /** Puts the run from `head` to `tail`, turned around, between `c` and `d`, which follows `c` in the same direction. */
  #insert(before: number, head: number, tail: number, after: number, c: number, d: number): void {
    this.#tour.exchange(before, head, c, d);
    this.#tour.exchange(before, c, after, tail);
  }
}
