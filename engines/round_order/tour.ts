/** A closed tour in an array, changed by one kind of step only, with a journal of those steps so that they can be undone. */
export class Tour {
  readonly size: number;
  readonly #points: Int32Array;
  readonly #places: Int32Array;
  #journal = new Int32Array(4096);
  #steps = 0;

  constructor(order: ArrayLike<number>) {
    this.size = order.length;
    this.#points = Int32Array.from(order);
    this.#places = new Int32Array(this.size);
    for (let place = 0; place < this.size; place++) this.#places[this.#points[place]!] = place;
  }

  next(point: number): number {
    const place = this.#places[point]! + 1;
    return this.#points[place === this.size ? 0 : place]!;
  }

  previous(point: number): number {
    const place = this.#places[point]!;
    return this.#points[place === 0 ? this.size - 1 : place - 1]!;
  }

  /** The point at a place of the array, counted around. */
  at(place: number): number {
    return this.#points[place % this.size]!;
  }

  placeOf(point: number): number {
    return this.#places[point]!;
  }

  order(): number[] {
    return Array.from(this.#points);
  }

  /**
   * Takes out the edges (a, b) and (c, d) and puts in (a, c) and (b, d). `b` follows `a` as `d` follows `c`, both forwards
   * or both backwards. Turns the shorter side around: at most n/2 places.
   */
  exchange(a: number, b: number, c: number, d: number): void {
    if (4 * this.#steps === this.#journal.length) {
      const longer = new Int32Array(2 * this.#journal.length);
      longer.set(this.#journal);
      this.#journal = longer;
    }
    const at = 4 * this.#steps++;
    this.#journal[at] = a;
    this.#journal[at + 1] = b;
    this.#journal[at + 2] = c;
    this.#journal[at + 3] = d;
    this.#turn(a, b, c, d);
  }

  /** How many steps were taken since the journal was emptied. */
  mark(): number {
    return this.#steps;
  }

  undoTo(mark: number): void {
    const journal = this.#journal;
    while (this.#steps > mark) {
      const at = 4 * --this.#steps;
      this.#turn(journal[at]!, journal[at + 2]!, journal[at + 1]!, journal[at + 3]!);
    }
  }

  /** The points, as they were journalled, whose edges changed since `mark`; some more than once. */
  touchedSince(mark: number): Int32Array {
    return this.#journal.subarray(4 * mark, 4 * this.#steps);
  }

  emptyJournal(): void {
    this.#steps = 0;
  }

  #turn(a: number, b: number, c: number, d: number): void {
    const places = this.#places;
    const size = this.size;
    // Backwards, the same step reads with each pair the other way round.
    const isForward = this.next(a) === b;
    const from = places[isForward ? b : a]!;
    const to = places[isForward ? c : d]!;
    const inside = to >= from ? to - from : to - from + size;
    if (2 * inside < size) this.#reverse(from, to, inside + 1);
    else this.#reverse(to + 1 === size ? 0 : to + 1, from === 0 ? size - 1 : from - 1, size - inside - 1);
  }

  /** Turns `length` points around, from place `from` on to place `to`, over the end of the array if need be. */
  #reverse(from: number, to: number, length: number): void {
    const points = this.#points;
    const places = this.#places;
    const size = this.size;
    let left = from;
    let right = to;
    for (let swaps = length >> 1; swaps > 0; swaps--) {
      const a = points[left]!;
      const b = points[right]!;
      points[left] = b;
      places[b] = left;
      points[right] = a;
      places[a] = right;
      left = left + 1 === size ? 0 : left + 1;
      right = right === 0 ? size - 1 : right - 1;
    }
  }
}
