import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Flow, type FlowNode, type FlowShape, layFlows } from './flow_picture.ts';

const SHAPE: FlowShape = { width: 600, columns: [0, 300], bar: 10, sum_height: 200, label_height: 24, gap: 8 };

/** What a matrix of amounts from funds to uses looks like as nodes and flows. */
function made(amounts: number[][]): { nodes: FlowNode[]; flows: Flow[] } {
  const node = (key: string, column: number, value: number): FlowNode => ({
    ...{ key, column, value, label: key, amount: '', href: '', tone: 'red' },
  });
  const sum = (all: number[]) => all.reduce((total, one) => total + one, 0);
  const nodes = [
    ...amounts.map((row, i) => node(`fund${i}`, 0, sum(row))),
    ...amounts[0]!.map((_one, k) => node(`use${k}`, 1, sum(amounts.map((row) => row[k]!)))),
  ];
  const flows = amounts.flatMap((row, i) => row.map((value, k) => ({ from: `fund${i}`, to: `use${k}`, value })));
  return { nodes: nodes.filter((one) => one.value > 0), flows };
}

describe('a picture of flows', () => {
  it('has bars as high as their sums, labels with room, and everything inside', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    const rows = fc
      .integer({ min: 1, max: 6 })
      .chain((uses) =>
        fc.array(fc.array(amount, { minLength: uses, maxLength: uses }), { minLength: 1, maxLength: 5 }),
      );
    fc.assert(
      fc.property(rows, (amounts) => {
        const { nodes, flows } = made(amounts);
        if (nodes.length === 0) return;
        const picture = layFlows(nodes, flows, SHAPE);
        assert.equal(picture.nodes.length, nodes.length);
        assert.equal(picture.flows.length, flows.filter((flow) => flow.value > 0).length);
        for (const column of [0, 1]) {
          const inside = picture.nodes.filter((one) => one.column === column).sort((a, b) => a.y - b.y);
          for (const [i, one] of inside.entries()) {
            assert.ok(one.y >= -0.01 && one.y + one.height <= picture.height + 0.01);
            const before = inside[i - 1];
            if (!before) continue;
            assert.ok(one.y >= before.y + before.height, 'bars do not touch');
            assert.ok(one.label_y - before.label_y >= SHAPE.label_height, 'labels do not touch');
          }
        }
        const total = nodes.filter((one) => one.column === 0).reduce((sum, one) => sum + one.value, 0);
        for (const one of picture.nodes)
          assert.ok(Math.abs(one.height - Math.max(3, (one.value / total) * SHAPE.sum_height)) < 0.01);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves out what flows from or to nowhere, and is nothing for nothing', () => {
    const { nodes, flows } = made([[5, 0]]);
    const picture = layFlows(nodes, [...flows, { from: 'nobody', to: 'use0', value: 9 }], SHAPE);
    assert.equal(picture.flows.length, 1);
    assert.match(picture.flows[0]!.path, /^M10\.0 [\d.]+C/);
    assert.deepEqual(layFlows([], [], SHAPE).nodes, []);
  });
});
