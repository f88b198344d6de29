import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isBlocked, isWalkable } from './access.ts';
import type { Extract, Node, Tags } from './extract.ts';
import { METRES_A_DEGREE, metresBetween } from './geodesy.ts';
import { extractOfLines, minutesOf, walkNetwork } from './index.ts';
import { naiveNearest } from './naive.ts';
import { readNetwork } from './read_network.ts';

type Given = { at: [x: number, y: number]; tags?: Tags };
type GivenWay = { nodes: number[]; tags?: Tags };

/** A place on a plane of metres near the equator's north: node i is given in metres east and north. */
const degrees = ([x, y]: [number, number]) => ({
  latitude: 10 + y / METRES_A_DEGREE,
  longitude: 20 + x / (METRES_A_DEGREE * Math.cos((10 * Math.PI) / 180)),
});

function extractOf(nodes: Given[], ways: GivenWay[], relations: Extract['relations'] = []): Extract {
  const all: Node[] = nodes.map(({ at, tags = {} }, id) => ({ id, ...degrees(at), tags }));
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
    ways: ways.map(({ nodes: ids, tags = { highway: 'footway' } }, id) => ({ id, nodes: ids, tags })),
    relations,
  };
}

/** Metres, steps and target from one point to the nearest of others. */
function walk(extract: Extract, from: [number, number], to: [number, number][], options = {}) {
  const network = walkNetwork(extract, options);
  const { target, metres, steps_metres } = network.nearest(
    network.snap([degrees(from)]),
    network.snap(to.map(degrees)),
  );
  return { target: target[0], metres: metres[0]!, steps: steps_metres[0]! };
}

const near = (actual: number, wanted: number) =>
  assert.ok(actual === wanted || Math.abs(actual - wanted) < 0.05, `${actual} is not ${wanted}`);

describe('who may walk where', () => {
  const table: [tags: Tags, walkable: boolean][] = [
    [{ highway: 'footway' }, true],
    [{ highway: 'steps' }, true],
    [{ highway: 'residential', oneway: 'yes' }, true],
    [{ highway: 'platform' }, true],
    [{ railway: 'platform' }, true],
    [{ highway: 'pedestrian', area: 'yes' }, true],
    [{ highway: 'service', access: 'private' }, true],
    [{ highway: 'service', access: 'no' }, false],
    [{ highway: 'service', access: 'no', foot: 'yes' }, true],
    [{ highway: 'footway', foot: 'no' }, false],
    [{ highway: 'cycleway' }, false],
    [{ highway: 'cycleway', foot: 'designated' }, true],
    [{ highway: 'cycleway', foot: 'no;designated' }, true],
    [{ highway: 'motorway' }, false],
    [{ highway: 'primary', motorroad: 'yes' }, false],
    [{ highway: 'construction' }, false],
    [{ highway: 'construction', foot: 'yes' }, false],
    [{ building: 'yes' }, false],
  ];
  for (const [tags, walkable] of table)
    it(`${JSON.stringify(tags)}: ${walkable ? 'walked' : 'not walked'}`, () =>
      assert.equal(isWalkable(tags), walkable));

  const barriers: [tags: Tags, blocks: boolean][] = [
    [{ barrier: 'gate' }, false],
    [{ barrier: 'bollard' }, false],
    [{ barrier: 'gate', access: 'private' }, false],
    [{ barrier: 'gate', access: 'no' }, true],
    [{ barrier: 'gate', access: 'no', foot: 'yes' }, false],
    [{ barrier: 'wall' }, true],
    [{ barrier: 'fence', foot: 'yes' }, false],
    [{ highway: 'crossing' }, false],
  ];
  for (const [tags, blocks] of barriers)
    it(`${JSON.stringify(tags)} ${blocks ? 'stops' : 'lets pass'}`, () => assert.equal(isBlocked(tags), blocks));
});

describe('a walk', () => {
  const line: Given[] = [{ at: [0, 0] }, { at: [300, 0] }, { at: [600, 0] }];

  it('begins and ends in the middle of edges, on either side', () => {
    const { metres } = walk(extractOf(line, [{ nodes: [0, 1] }, { nodes: [1, 2] }]), [100, 20], [[450, -30]]);
    near(metres, 350);
  });
  it('stays on one edge when both ends are on it', () =>
    near(walk(extractOf(line, [{ nodes: [0, 1, 2] }]), [100, 5], [[160, 5]]).metres, 60));
  it('goes the other way round when that is shorter than along its own edge', () => {
    const ring = extractOf(
      [{ at: [0, 0] }, { at: [0, 900] }, { at: [10, 900] }, { at: [10, 0] }],
      [{ nodes: [0, 1, 2, 3] }, { nodes: [0, 3] }],
    );
    near(walk(ring, [-1, 10], [[11, 10]]).metres, 30);
  });
  it('goes round a ring that touches nothing else', () => {
    const ring = [0, 1, 2, 3, 4, 5, 6, 7].map((i): Given => {
      const angle = (i * Math.PI) / 4;
      return { at: [200 * Math.cos(angle), 200 * Math.sin(angle)] };
    });
    const side = 2 * 200 * Math.sin(Math.PI / 8);
    const extract = extractOf(ring, [{ nodes: [0, 1, 2, 3, 4, 5, 6, 7, 0] }]);
    near(walk(extract, ring[1]!.at, [ring[7]!.at]).metres, 2 * side);
    near(walk(extract, ring[3]!.at, [ring[6]!.at, ring[0]!.at]).metres, 3 * side);
  });
  it('ends at a wall and passes a gate', () => {
    const stopped = line.map((node, i) => (i === 1 ? { ...node, tags: { barrier: 'wall' } } : node));
    const open = line.map((node, i) => (i === 1 ? { ...node, tags: { barrier: 'gate' } } : node));
    assert.equal(walk(extractOf(stopped, [{ nodes: [0, 1, 2] }]), [100, 0], [[500, 0]]).metres, Infinity);
    near(walk(extractOf(open, [{ nodes: [0, 1, 2] }]), [100, 0], [[500, 0]]).metres, 400);
  });
  it('counts steps, which take longer, and goes round them when they are to be avoided', () => {
    const nodes: Given[] = [...line, { at: [300, 400] }];
    const ways = [
      { nodes: [0, 1] },
      { nodes: [1, 2], tags: { highway: 'steps' } },
      { nodes: [1, 3] },
      { nodes: [3, 2] },
    ];
    const { metres, steps } = walk(extractOf(nodes, ways), [0, 0], [[450, 0]]);
    near(metres, 450);
    near(steps, 150);
    near(minutesOf('frail', metres, steps), (300 + 2 * 150) / 0.75 / 60);
    near(walk(extractOf(nodes, ways), [0, 0], [[600, 0]], { avoid_steps: true }).metres, 300 + 400 + 500);
  });
  it('follows the rim of a square mapped as a relation', () => {
    const nodes: Given[] = [{ at: [0, 0] }, { at: [300, 0] }, { at: [300, 300] }, { at: [0, 300] }];
    const square = {
      id: 9,
      tags: { type: 'multipolygon', highway: 'pedestrian' },
      members: [{ type: 'way' as const, id: 0, role: 'outer' }],
    };
    near(walk(extractOf(nodes, [{ nodes: [0, 1, 2, 3, 0], tags: {} }], [square]), [0, 0], [[300, 300]]).metres, 600);
  });
  it('is the same on a street that is mapped twice', () => {
    const twice = extractOf(
      [{ at: [0, 0] }, { at: [300, 0] }, { at: [300, 100] }],
      [{ nodes: [0, 1] }, { nodes: [2, 1, 0] }],
    );
    near(walk(twice, [100, 0], [[160, 0]]).metres, 60);
    assert.equal(walkNetwork(twice).graph.edges, 1);
  });
  it('chooses the nearest along the network, not as the crow flies', () => {
    const nodes: Given[] = [{ at: [0, 0] }, { at: [500, 0] }, { at: [500, 50] }, { at: [0, 50] }, { at: [-200, 0] }];
    const { target, metres } = walk(extractOf(nodes, [{ nodes: [4, 0, 1, 2, 3] }]), [0, 0], [[0, 50], [-200, 0]]); // biome-ignore format: pairs
    assert.equal(target, 1);
    near(metres, 200);
  });
  it('is not begun on a forgotten piece of path, nor from far away', () => {
    const nodes: Given[] = [...line, { at: [100, 50] }, { at: [120, 50] }];
    const extract = extractOf(nodes, [{ nodes: [0, 1, 2] }, { nodes: [3, 4] }]);
    near(walk(extract, [110, 50], [[600, 0]]).metres, 490);
    assert.equal(walk(extract, [9000, 0], [[600, 0]]).target, -1);
  });
  it('leads nowhere when there is nothing to walk on', () =>
    assert.equal(walk(extractOf([], []), [0, 0], [[1, 1]]).metres, Infinity));
});

it('door to door adds both ends, and nothing between doors of one place', () => {
  const network = walkNetwork(extractOf([{ at: [0, 0] }, { at: [600, 0] }], [{ nodes: [0, 1] }]));
  const metres = network.doorToDoor([[100, 20], [400, -30], [100, 20]].map((at) => degrees(at as [number, number]))); // biome-ignore format: pairs
  for (const [i, wanted] of [0, 350, 0, 350, 0, 350, 0, 350, 0].entries()) near(metres[i]!, wanted);
});

it('a metre is a metre: 0.01° of latitude are 1,111.95 m on the mean sphere', () =>
  near(metresBetween(40, 116, 40.01, 116), 1111.95));

/** The ways as rows of coordinates, as maps keep them. */
const linesOf = ({ ways, nodes }: Extract) =>
  ways.map((way) => way.nodes.map((id) => [nodes.longitudes[id]!, nodes.latitudes[id]!]));

/**
 * A spot of a raster of 100 m, moved by what belongs to its number alone so that no three lie on one line: a point beside two
 * segments that cover each other is equally near to both, and either place is right.
 */
const offLine = ([x, y]: [number, number], i: number): [number, number] => [
  x * 100 + ((i * Math.SQRT2) % 1) * 5,
  y * 100 + ((i * i * Math.sqrt(3)) % 1) * 5,
];

it('finds what a naive Dijkstra finds, within a micrometre', () => {
  const spot = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
  const place = fc.tuple(
    fc.double({ min: -50, max: 1250, noNaN: true }),
    fc.double({ min: -50, max: 1250, noNaN: true }),
  );
  const ways = fc.array(fc.array(fc.nat(29), { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 16 });
  const spots = fc.array(spot, { minLength: 30, maxLength: 30 });
  const places = fc.array(place, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(spots, ways, places, places, (at, lines, from, to) => {
      const extract = extractOf(
        at.map((one, i) => ({ at: offLine(one, i) })),
        lines.map((nodes) => ({ nodes })),
      );
      const network = walkNetwork(extract);
      const [origins, targets] = [from.map(degrees), to.map(degrees)];
      const { metres } = network.nearest(network.snap(origins), network.snap(targets));
      const matrix = network.matrix(network.snap(origins), network.snap(targets));
      const byLines = walkNetwork(extractOfLines(linesOf(extract)));
      const lined = byLines.nearest(byLines.snap(origins), byLines.snap(targets)).metres;
      for (const [i, wanted] of naiveNearest(readNetwork(extract), origins, targets).entries()) {
        const least = Math.min(...matrix.subarray(i * to.length, (i + 1) * to.length));
        for (const found of [metres[i]!, least, lined[i]!])
          assert.ok(found === wanted || Math.abs(found - wanted) < 1e-6, `${i}: ${found}, and naively ${wanted}`);
      }
    }),
    { numRuns: 1000 },
  );
});
