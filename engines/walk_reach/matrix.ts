import type { Search } from './shortest.ts';
import type { Snapped } from './snap.ts';

/**
 * Metres along the network from every point to every other, row by row (`metres[i * to.count + j]`); Infinity where no way
 * leads. One search a row, which stops when all targets are settled.
 */
export function walkMatrix(search: Search, from: Snapped, to: Snapped): Float64Array {
  const { graph } = search;
  const { edge_from, edge_to, edge_metres } = graph;
  const matrix = new Float64Array(from.count * to.count).fill(Infinity);
  const wanted = new Uint8Array(graph.vertices);
  for (let t = 0; t < to.count; t++) {
    if (to.edge[t]! < 0) continue;
    wanted[edge_from[to.edge[t]!]!] = 1;
    wanted[edge_to[to.edge[t]!]!] = 1;
  }
  const until = wanted.reduce((sum, mark) => sum + mark, 0);
  for (let f = 0; f < from.count; f++) {
    const edge = from.edge[f]!;
    if (edge < 0) continue;
    search.clear();
    search.seed(edge_from[edge]!, from.along[f]!, f);
    search.seed(edge_to[edge]!, edge_metres[edge]! - from.along[f]!, f);
    search.run(wanted, until);
    for (let t = 0; t < to.count; t++) {
      const other = to.edge[t]!;
      if (other < 0) continue;
      const first = search.metres[edge_from[other]!]! + to.along[t]!;
      const second = search.metres[edge_to[other]!]! + edge_metres[other]! - to.along[t]!;
      const direct = other === edge ? Math.abs(to.along[t]! - from.along[f]!) : Infinity;
      matrix[f * to.count + t] = Math.min(first, second, direct);
    }
  }
  return matrix;
}
