import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Extract, Node, Tags } from './extract.ts';
import { CATEGORIES, findBuildings, findFacilities, reachAll, walkNetwork } from './index.ts';

/** A hundred metres of the grid are about 0.0009°. */
const D = 0.0009;
function extractOf(
  points: [x: number, y: number, tags?: Tags][],
  ways: [nodes: number[], tags: Tags][],
  relations: Extract['relations'] = [],
): Extract {
  const all: Node[] = points.map(([x, y, tags = {}], id) => ({ id, latitude: y * D, longitude: x * D, tags }));
  return {
    nodes: {
      size: all.length,
      ids: Float64Array.from(all, ({ id }) => id),
      latitudes: Float64Array.from(all, ({ latitude }) => latitude),
      longitudes: Float64Array.from(all, ({ longitude }) => longitude),
      indexOf: (id) => (id < all.length ? id : -1),
      tagsAt: (index) => all[index]!.tags,
      withTags: () => all.filter(({ tags }) => Object.keys(tags).length > 0),
    },
    ways: ways.map(([nodes, tags], id) => ({ id, nodes, tags })),
    relations,
  };
}
const square = [0, 1, 2, 3, 0];
const corners: [number, number][] = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
];
const only = (extract: Extract, key: string) => findFacilities(extract, CATEGORIES).get(key)!;

describe('facilities of an extract', () => {
  it('are nodes, entered where they are', () => {
    const [found, ...more] = only(extractOf([[1, 2, { amenity: 'pharmacy', name: '同仁堂' }]], []), 'pharmacy');
    assert.equal(more.length, 0);
    assert.deepEqual([found!.id, found!.name, found!.entrances], ['n0', '同仁堂', [{ latitude: 2 * D, longitude: D }]]);
  });
  it('are areas, entered at the middle when no entrance is mapped', () => {
    const [school] = only(extractOf(corners, [[square, { amenity: 'kindergarten' }]]), 'kindergarten');
    assert.deepEqual(school!.entrances, [{ latitude: D, longitude: D }]);
  });
  it('are entered at their gates', () => {
    const gated = corners.map(([x, y], i): [number, number, Tags] => [x, y, i === 2 ? { barrier: 'gate' } : {}]);
    const [park] = only(extractOf(gated, [[square, { leisure: 'park' }]]), 'green');
    assert.deepEqual(park!.entrances, [{ latitude: 2 * D, longitude: 2 * D }]);
  });
  it('are open ground, reached anywhere on the rim', () => {
    const [park] = only(extractOf(corners, [[square, { leisure: 'park' }]]), 'green');
    assert.equal(park!.entrances.length, 1 + 4 * 9);
  });
  it('are multipolygons, by their outer ways', () => {
    const relation = {
      id: 7,
      tags: { type: 'multipolygon', amenity: 'hospital' },
      members: [{ type: 'way' as const, id: 0, role: 'outer' }],
    };
    assert.equal(only(extractOf(corners, [[square, {}]], [relation]), 'health_centre')[0]!.id, 'r7');
  });
});

it('buildings are found by their middle', () => {
  const extract = extractOf(corners, [
    [square, { building: 'apartments' }],
    [square, { building: 'no' }],
  ]);
  assert.deepEqual(
    findBuildings(extract).map(({ id, latitude, longitude }) => [id, latitude, longitude]),
    [['w0', D, D]],
  );
});

it('the whole circle tells each building its nearest of each kind, and a kind that is missing', () => {
  const street: [number, number, Tags?][] = [
    [0, 0],
    [10, 0],
    [1, 0.1, { amenity: 'pharmacy' }],
    [8, 0.1, { amenity: 'pharmacy' }],
  ];
  const extract = extractOf(street, [[[0, 1], { highway: 'residential' }]]);
  const categories = CATEGORIES.filter(({ key }) => key === 'pharmacy' || key === 'toilet');
  const { rows } = reachAll(
    walkNetwork(extract),
    [
      { latitude: 0, longitude: 2 * D },
      { latitude: 0, longitude: 9 * D },
    ],
    categories,
    findFacilities(extract, categories),
  );
  assert.deepEqual(rows[0]!.facility, ['n2', 'n3']);
  for (const metres of rows[0]!.metres) assert.ok(Math.abs(metres - 100.08) < 0.01, String(metres));
  assert.deepEqual(
    [rows[1]!.facility, [...rows[1]!.metres]],
    [
      [null, null],
      [Infinity, Infinity],
    ],
  );
});
