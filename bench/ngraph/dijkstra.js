// Dijkstra from many sources at once out of ngraph.graph and the heap of ngraph.path, as its own search is built: states in
// a map, the heap moves a state up when it is bettered.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import createGraph from 'ngraph.graph';

// The package does not export its heap, so it is loaded by its place.
const heap = join(import.meta.dirname, 'node_modules', 'ngraph.path', 'a-star', 'NodeHeap.js');
const { default: NodeHeap } = await import(pathToFileURL(heap).href);

export function build({ latitude, segment_from, segment_to, segment_metres }) {
  const graph = createGraph();
  for (let v = 0; v < latitude.length; v++) graph.addNode(v);
  for (let s = 0; s < segment_from.length; s++) graph.addLink(segment_from[s], segment_to[s], segment_metres[s]);
  return graph;
}

export function search(graph, sources) {
  const states = new Map();
  const open = new NodeHeap({
    compare: (a, b) => a.metres - b.metres,
    setNodeId: (state, at) => {
      state.at = at;
    },
  });
  for (const node of sources) {
    const state = { node, metres: 0, closed: false, at: -1 };
    states.set(node, state);
    open.push(state);
  }
  let sum = 0;
  while (open.length > 0) {
    const current = open.pop();
    current.closed = true;
    sum += current.metres;
    graph.forEachLinkedNode(current.node, (other, link) => {
      const metres = current.metres + link.data;
      let state = states.get(other.id);
      if (state === undefined) {
        state = { node: other.id, metres, closed: false, at: -1 };
        states.set(other.id, state);
        open.push(state);
      } else if (!state.closed && metres < state.metres) {
        state.metres = metres;
        open.updateItem(state.at);
      }
    });
  }
  return sum;
}
