/** Something that money flows through in a picture: a fund, a use, a receipt. */
export type FlowNode = {
  key: string;
  column: number;
  label: string;
  amount: string;
  value: number;
  href: string;
  tone: string;
};
export type Flow = { from: string; to: string; value: number };
export type PlacedNode = FlowNode & {
  x: number;
  y: number;
  height: number;
  label_x: number;
  label_y: number;
  anchor: 'start' | 'end';
};
export type PlacedFlow = { path: string; width: number; tone: string };
export type FlowPicture = { width: number; height: number; nodes: PlacedNode[]; flows: PlacedFlow[]; bar: number };

export type FlowShape = {
  width: number;
  /** Where the bar of each column stands. */
  columns: readonly number[];
  bar: number;
  /** What the whole sum is high, and the least room a label needs. */
  sum_height: number;
  label_height: number;
  gap: number;
};

/**
 * Lays out flows from column to column (a Sankey diagram): every bar is as high as its sum, every ribbon as wide as what
 * flows, and every label has room of its own. Columns are set in the middle of each other's height. Pure.
 */
export function layFlows(nodes: readonly FlowNode[], flows: readonly Flow[], shape: FlowShape): FlowPicture {
  const total = Math.max(1, ...shape.columns.map((_x, column) => sumOf(nodes.filter((one) => one.column === column))));
  const scale = shape.sum_height / total;
  const heightOf = (node: FlowNode) => Math.max(3, node.value * scale);
  const slotOf = (node: FlowNode) => Math.max(heightOf(node), shape.label_height) + shape.gap;
  const columnHeight = (column: number) =>
    nodes.filter((one) => one.column === column).reduce((sum, one) => sum + slotOf(one), 0);
  const height = Math.max(...shape.columns.map((_x, column) => columnHeight(column)));
  const placed = new Map<string, PlacedNode>();
  for (const [column, x] of shape.columns.entries()) {
    let y = (height - columnHeight(column)) / 2;
    for (const node of nodes.filter((one) => one.column === column)) {
      const slot = slotOf(node) - shape.gap;
      const top = y + (slot - heightOf(node)) / 2;
      placed.set(node.key, {
        ...{ ...node, x, y: top, height: heightOf(node), anchor: 'start' as const },
        ...{ label_x: x + shape.bar + 8, label_y: y + slot / 2 },
      });
      y += slot + shape.gap;
    }
  }
  return {
    width: shape.width,
    height,
    nodes: [...placed.values()],
    flows: ribbons(flows, placed, shape.bar),
    bar: shape.bar,
  };
}

/** Ribbons leave and arrive one under the other, in the order of where they go to and come from. */
function ribbons(flows: readonly Flow[], placed: Map<string, PlacedNode>, bar: number): PlacedFlow[] {
  const known = flows.filter((flow) => placed.has(flow.from) && placed.has(flow.to) && flow.value > 0);
  const by = (side: 'from' | 'to', other: 'from' | 'to') => {
    const offsets = new Map<Flow, number>();
    const filled = new Map<string, number>();
    for (const flow of [...known].sort((a, b) => placed.get(a[other])!.y - placed.get(b[other])!.y)) {
      const node = placed.get(flow[side])!;
      const sum = Math.max(node.value, sumOf(known.filter((one) => one[side] === flow[side])));
      const width = (flow.value / sum) * node.height;
      const before = filled.get(flow[side]) ?? 0;
      offsets.set(flow, node.y + before + width / 2);
      filled.set(flow[side], before + width);
    }
    return offsets;
  };
  const [leaves, arrives] = [by('from', 'to'), by('to', 'from')];
  return known.map((flow) => {
    const [from, to] = [placed.get(flow.from)!, placed.get(flow.to)!];
    const [x1, y1, x2, y2] = [from.x + bar, leaves.get(flow)!, to.x, arrives.get(flow)!];
    const middle = (x1 + x2) / 2;
    const n = (value: number) => value.toFixed(1);
    return {
      path: `M${n(x1)} ${n(y1)}C${n(middle)} ${n(y1)} ${n(middle)} ${n(y2)} ${n(x2)} ${n(y2)}`,
      width: Math.max(1, (flow.value / Math.max(1, from.value)) * from.height),
      tone: from.tone,
    };
  });
}

const sumOf = (all: readonly { value: number }[]) => all.reduce((sum, one) => sum + one.value, 0);
