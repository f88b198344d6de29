/** A file that is not in the pmed format, with the line and column (from 1) where that shows. */
export class PmedError extends Error {
  readonly code = 'pmed_invalid';
  readonly line: number;
  readonly column: number;

  constructor(line: number, column: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
    this.column = column;
  }
}

/** An undirected network and how many sites its file asks for; `distances` are the shortest ways, vertex by vertex. */
export type PmedProblem = { vertices: number; count: number; distances: Float64Array };

const LARGEST_VERTICES = 5_000;
type Read = { value: number; line: number; column: number };
/** Edges of each vertex one after the other, from `starts[vertex]` on. */
type Network = { starts: Int32Array; ends: Int32Array; lengths: Float64Array };

/**
 * Reads an uncapacitated p-median problem of the OR-Library: vertices, edges and p, then an edge a line with its two ends
 * and its length. Of an edge that comes more than once the last length counts (Beasley, “OR-Library”, 1990). Throws
 * PmedError. O(vertices × edges × log vertices) for the shortest ways.
 */
export function readPmed(text: string): PmedProblem {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const rows = lines.map((line, at) => rowOf(line, at + 1)).filter((row) => row.length > 0);
  const head = rows.shift();
  if (head?.length !== 3) throw new PmedError(head?.[0]?.line ?? 1, 1, 'vertices, edges and p are needed');
  const [vertices, edges, count] = head as [Read, Read, Read];
  within(vertices, 1, LARGEST_VERTICES, 'the number of vertices');
  within(edges, 0, LARGEST_VERTICES ** 2, 'the number of edges');
  within(count, 1, vertices.value, 'p');
  const lengths = new Map<number, number>();
  for (const row of rows) {
    const { line, column } = row[0]!;
    if (row.length !== 3) throw new PmedError(line, column, 'two vertices and a length are needed');
    const [a, b, length] = row as [Read, Read, Read];
    for (const end of [a, b]) within(end, 1, vertices.value, 'a vertex');
    if (length.value < 0) throw new PmedError(line, length.column, `the length ${length.value} is negative`);
    const [low, high] = [Math.min(a.value, b.value) - 1, Math.max(a.value, b.value) - 1];
    if (low !== high) lengths.set(low * vertices.value + high, length.value);
  }
  if (rows.length !== edges.value) {
    const what = `${edges.value} edges are announced, there are ${rows.length}`;
    throw new PmedError(edges.line, edges.column, what);
  }
  const distances = shortestWays(vertices.value, networkOf(vertices.value, lengths));
  const lost = distances.indexOf(Number.POSITIVE_INFINITY);
  if (lost >= 0) {
    const what = `no way leads from vertex ${Math.floor(lost / vertices.value) + 1} to ${(lost % vertices.value) + 1}`;
    throw new PmedError(lines.length, 1, what);
  }
  return { vertices: vertices.value, count: count.value, distances };
}

function rowOf(text: string, line: number): Read[] {
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word) ? Number(word) : Number.NaN;
    if (!Number.isFinite(value)) throw new PmedError(line, index + 1, `"${word}" is not a number`);
    return { value, line, column: index + 1 };
  });
}

function within({ value, line, column }: Read, least: number, most: number, what: string): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new PmedError(line, column, `${what} is ${value}; a whole number from ${least} to ${most} is needed`);
}

function networkOf(vertices: number, edges: Map<number, number>): Network {
  const starts = new Int32Array(vertices + 1);
  const endsOf = (key: number): [number, number] => [Math.floor(key / vertices), key % vertices];
  for (const key of edges.keys()) for (const end of endsOf(key)) starts[end + 1] = starts[end + 1]! + 1;
  for (let vertex = 0; vertex < vertices; vertex++) starts[vertex + 1] = starts[vertex + 1]! + starts[vertex]!;
  const free = starts.slice();
  const ends = new Int32Array(2 * edges.size);
  const lengths = new Float64Array(2 * edges.size);
  for (const [key, length] of edges) {
    const [a, b] = endsOf(key);
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const at = free[from]!;
      free[from] = at + 1;
      ends[at] = to;
      lengths[at] = length;
    }
  }
  return { starts, ends, lengths };
}

/** Dijkstra from every vertex with a binary heap. */
function shortestWays(vertices: number, network: Network): Float64Array {
  const distances = new Float64Array(vertices * vertices).fill(Number.POSITIVE_INFINITY);
  const heap = new Heap(2 * network.ends.length + 1);
  for (let from = 0; from < vertices; from++)
    waysFrom(from, distances.subarray(from * vertices, (from + 1) * vertices), network, heap);
  return distances;
}

function waysFrom(from: number, reached: Float64Array, { starts, ends, lengths }: Network, heap: Heap): void {
  reached[from] = 0;
  heap.push(0, from);
  while (heap.size > 0) {
    const length = heap.least;
    const vertex = heap.pop();
    if (length > reached[vertex]!) continue;
    for (let at = starts[vertex]!, last = starts[vertex + 1]!; at < last; at++) {
      const longer = length + lengths[at]!;
      const end = ends[at]!;
      if (longer >= reached[end]!) continue;
      reached[end] = longer;
      heap.push(longer, end);
    }
  }
}

/** A binary heap of vertices by length; a vertex may lie in it more than once. */
class Heap {
  readonly #keys: Float64Array;
  readonly #values: Int32Array;
  size = 0;

  constructor(capacity: number) {
    this.#keys = new Float64Array(capacity);
    this.#values = new Int32Array(capacity);
  }

  get least(): number {
    return this.#keys[0]!;
  }

  push(key: number, value: number): void {
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#keys[parent]! <= key) break;
      this.#put(at, this.#keys[parent]!, this.#values[parent]!);
      at = parent;
    }
    this.#put(at, key, value);
  }

  pop(): number {
    const least = this.#values[0]!;
    const key = this.#keys[--this.size]!;
    const value = this.#values[this.size]!;
    let at = 0;
    for (let child = 1; child < this.size; child = 2 * at + 1) {
      if (child + 1 < this.size && this.#keys[child + 1]! < this.#keys[child]!) child++;
      if (this.#keys[child]! >= key) break;
      this.#put(at, this.#keys[child]!, this.#values[child]!);
      at = child;
    }
    this.#put(at, key, value);
    return least;
  }

  #put(at: number, key: number, value: number): void {
    this.#keys[at] = key;
    this.#values[at] = value;
  }
}
