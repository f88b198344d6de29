import type { WalkGraph } from './graph.ts';

/**
 * Shortest ways over a network, in metres, from any number of seeds at once (Dijkstra 1959, a four-way heap, entries that
 * were bettered are skipped when they come up). Holds its arrays so that many searches over one network allocate nothing.
 * One search: O((vertices + edges) log vertices).
 */
export class Search {
  readonly graph: WalkGraph;
  /** Metres from the nearest seed to each vertex; Infinity where no way leads. */
  readonly metres: Float64Array;
  /** The arc a vertex was reached by, or -2 - seed for one that was reached from its seed. */
  readonly via: Int32Array;
  /** Vertices in the order in which they were settled. */
  readonly order: Int32Array;
  settled = 0;
  private keys: Float64Array;
  private values: Int32Array;
  private size = 0;

  constructor(graph: WalkGraph) {
    this.graph = graph;
    this.metres = new Float64Array(graph.vertices);
    this.via = new Int32Array(graph.vertices);
    this.order = new Int32Array(graph.vertices);
    this.keys = new Float64Array(1024);
    this.values = new Int32Array(1024);
  }

  clear(): void {
    this.metres.fill(Infinity);
    this.size = 0;
    this.settled = 0;
  }

  /** Begins at a vertex that is `metres` away from the seed. */
  seed(vertex: number, metres: number, seed: number): void {
    if (metres >= this.metres[vertex]!) return;
    this.metres[vertex] = metres;
    this.via[vertex] = -2 - seed;
    this.push(metres, vertex);
  }

  /** Settles all vertices, or stops once `until` vertices that `wanted` marks are settled. */
  run(wanted: Uint8Array | null = null, until = 0): void {
    const { metres, via, order } = this;
    const { first_arc, arc_to, arc_metres } = this.graph;
    let left = until;
    while (this.size > 0) {
      const key = this.keys[0]!;
      const vertex = this.values[0]!;
      this.pop();
      if (key > metres[vertex]!) continue;
      order[this.settled++] = vertex;
      if (wanted?.[vertex] === 1 && --left === 0) return;
      const end = first_arc[vertex + 1]!;
      for (let arc = first_arc[vertex]!; arc < end; arc++) {
        const to = arc_to[arc]!;
        const reached = key + arc_metres[arc]!;
        if (reached >= metres[to]!) continue;
        metres[to] = reached;
        via[to] = arc;
        if (first_arc[to + 1]! - first_arc[to]! > 1) this.push(reached, to);
        else {
          // A dead end leads nowhere else: it is settled at once and never enters the heap.
          order[this.settled++] = to;
          if (wanted?.[to] === 1 && --left === 0) return;
        }
      }
    }
  }

  private push(key: number, value: number): void {
    let { keys, values } = this;
    if (this.size === keys.length) [keys, values] = this.grow();
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      if (keys[parent]! <= key) break;
      keys[at] = keys[parent]!;
      values[at] = values[parent]!;
      at = parent;
    }
    keys[at] = key;
    values[at] = value;
  }

  private pop(): void {
    const { keys, values } = this;
    const size = --this.size;
    const key = keys[size]!;
    const value = values[size]!;
    let at = 0;
    for (;;) {
      let child = at * 4 + 1;
      if (child >= size) break;
      const last = Math.min(child + 4, size);
      let least = child;
      let leastKey = keys[child]!;
      while (++child < last) {
        const other = keys[child]!;
        if (other < leastKey) {
          leastKey = other;
          least = child;
        }
      }
      if (leastKey >= key) break;
      keys[at] = leastKey;
      values[at] = values[least]!;
      at = least;
    }
    keys[at] = key;
    values[at] = value;
  }

  private grow(): [Float64Array, Int32Array] {
    const keys = new Float64Array(this.keys.length * 2);
    const values = new Int32Array(this.values.length * 2);
    keys.set(this.keys);
    values.set(this.values);
    [this.keys, this.values] = [keys, values];
    return [keys, values];
  }
}
