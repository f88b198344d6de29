import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { crossesItself, squareMetres } from './area.ts';
import { cornersOf, redrawCorners } from './corners.ts';
import { type Area, boxOf } from './grid_index.ts';
import { findFaults, movesOf } from './redraw.ts';

const box = (west: number, east: number, south = 0, north = 0.01) => boxOf({ west, east, south, north });
const both = ([a, b]: readonly boolean[]) => a! && b!;
const SIDE_METRES = 111.195 * 10;

describe('square metres', () => {
  const table: [what: string, areas: Area[], keep: (inside: readonly boolean[]) => boolean, expected: number][] = [
    ['of a square', [box(0, 0.01)], ([a]) => a!, SIDE_METRES ** 2],
    ['of half of it shared', [box(0, 0.01), box(0.005, 0.015)], both, SIDE_METRES ** 2 / 2],
    ['of neighbours with one border', [box(0, 0.01), box(0.01, 0.02)], both, 0],
    ['of a square and itself', [box(0, 0.01), box(0, 0.01)], both, SIDE_METRES ** 2],
    ['of a square without its half', [box(0, 0.01), box(0, 0.005)], ([a, b]) => a! && !b!, SIDE_METRES ** 2 / 2],
    [
      'of a triangle across a square',
      [
        box(0, 0.01),
        {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [0.02, 0],
              [0, 0.02],
              [0, 0],
            ],
          ],
        },
      ],
      both,
      SIDE_METRES ** 2,
    ],
  ];
  for (const [what, areas, keep, expected] of table)
    it(what, () => assert.ok(Math.abs(squareMetres(areas, keep) - expected) < expected * 1e-4 + 1e-3));

  it('are never more shared than either has, and shared, alone and outside add up', () => {
    const side = fc.integer({ min: 1, max: 40 }).map((n) => n / 1000);
    fc.assert(
      fc.property(side, side, side, side, (x, y, width, height) => {
        const areas = [box(0, 0.02, 0, 0.02), box(x - 0.02, x - 0.02 + width, y - 0.02, y - 0.02 + height)];
        const shared = squareMetres(areas, both);
        const alone = squareMetres(areas, ([a, b]) => a! && !b!);
        const whole = squareMetres(areas, ([a]) => a!);
        assert.ok(Math.abs(shared + alone - whole) < 1 && shared <= squareMetres(areas, ([, b]) => b!) + 1);
      }),
      { numRuns: 50 },
    );
  });
});

it('a border that runs through itself is seen', () => {
  assert.equal(crossesItself(box(0, 0.01)), false);
  assert.equal(
    crossesItself({
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    }),
    true,
  );
});

describe('redrawing', () => {
  const west = { id: 'w', names: { 'zh-CN': '西' }, boundary: box(0, 0.01) as Area };
  const east = { id: 'e', names: { 'zh-CN': '东' }, boundary: box(0.01, 0.02) as Area };
  const before = [west, east];
  const corners = cornersOf(west.boundary)!.map((was) => ({ was, longitude: was[0], latitude: was[1] }));
  const draw = (next: typeof corners) => redrawCorners(west, next, [east]);
  const codes = (changed: { id: string; boundary: Area }[], community: Area | null = null) =>
    findFaults(before, changed, community).map((fault) => fault.code);

  it('takes shared corners along, so nothing overlaps or is left', () => {
    const moved = draw(corners.map((one) => (one.longitude === 0.01 ? { ...one, longitude: 0.012 } : one)));
    assert.deepEqual(
      moved.map((shape) => shape.id),
      ['w', 'e'],
    );
    assert.deepEqual(codes(moved), []);
    const buildings = [{ id: 'b', latitude: 0.005, longitude: 0.011, grid_id: 'e' }];
    assert.deepEqual(movesOf(before, moved, buildings), [{ id: 'b', from: 'e', to: 'w' }]);
  });
  it('puts a new corner of a shared border into the neighbour as well', () => {
    const at = corners.findIndex((one, i) => one.longitude === 0.01 && corners[(i + 1) % 4]!.longitude === 0.01);
    const fresh = { longitude: 0.013, latitude: 0.005 } as (typeof corners)[number];
    const next = draw(corners.toSpliced(at + 1, 0, fresh));
    assert.deepEqual(codes(next), []);
    assert.equal(cornersOf(next[1]!.boundary)!.length, 5);
    const back = redrawCorners(
      { ...west, boundary: next[0]!.boundary },
      cornersOf(next[0]!.boundary)!
        .filter(([x]) => x !== 0.013)
        .map((was) => ({ was, longitude: was[0], latitude: was[1] })),
      [{ ...east, boundary: next[1]!.boundary }],
    );
    assert.equal(cornersOf(back[1]!.boundary)!.length, 4);
  });
  it('is told when grids would overlap, leave ground, or cross', () => {
    const alone = (boundary: Area) => [{ id: 'w', boundary }];
    assert.deepEqual(codes(alone(box(0, 0.012))), ['grid_overlaps']);
    assert.deepEqual(codes(alone(box(0, 0.008))), ['grid_gap']);
    assert.deepEqual(codes(alone(box(0.002, 0.01)), box(0.002, 0.03)), []);
    const bow: Area = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [0.01, 0.01],
          [0.01, 0],
          [0, 0.01],
          [0, 0],
        ],
      ],
    };
    assert.ok(codes(alone(bow)).includes('grid_crosses_itself'));
  });
});
