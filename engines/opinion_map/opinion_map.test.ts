import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { kMeans, silhouette } from './cluster.ts';
import { type GivenOpinion, LEAST_PEOPLE, mapOpinions, type Opinion } from './index.ts';
import { leadingVector } from './principal_plane.ts';
import { oneProportion, twoProportions } from './statement_figures.ts';

/** Camps of given sizes, each with its own mind on every statement; `doubt` is how often somebody thinks otherwise. */
function camps(
  sizes: readonly number[],
  minds: Opinion[][],
  seed: number,
  { doubt = 0.1, answered = 0.8 } = {},
): GivenOpinion[] {
  const random = chance(seed);
  return sizes.flatMap((size, c) =>
    Array.from({ length: size }, (_, p) =>
      minds[c]!.flatMap((mind, s): GivenOpinion[] => {
        if (random() > answered) return [];
        const opinion = random() < doubt ? ([1, -1, 0] as const)[Math.floor(random() * 3)]! : mind;
        return [{ participant: `c${c}p${p}`, statement: `s${s}`, opinion }];
      }),
    ).flat(),
  );
}

function chance(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39) >>> 0;
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

const MINDS: Opinion[][] = [
  [1, 1, 1, 1, -1, -1, -1, 1, 1, -1, 1, 1],
  [-1, -1, -1, 1, 1, 1, 1, -1, 1, 1, -1, 1],
  [1, -1, 1, 1, 1, -1, 1, 1, 1, -1, -1, 1],
  [-1, 1, -1, 1, -1, 1, -1, -1, 1, -1, 1, 1],
];
const shuffled = <T>(all: readonly T[], seed: number): T[] => {
  const random = chance(seed);
  return all
    .map((one) => [random(), one] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, one]) => one);
};

describe('groups of opinion', () => {
  for (const [k, sizes] of [
    [2, [30, 20]],
    [2, [12, 8]],
    [3, [40, 30, 20]],
    [4, [60, 50, 40, 30]],
  ] as const)
    it(`that were planted are found: ${sizes.join(', ')}`, () => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const { groups } = mapOpinions(camps(sizes, MINDS, seed, { doubt: 0.04, answered: 1 }));
        assert.deepEqual(
          groups.map((one) => one.size),
          sizes,
          `seed ${seed}`,
        );
        const sparse = mapOpinions(camps(sizes, MINDS, seed));
        assert.equal(sparse.groups.length, k, `seed ${seed}, one in five not answered`);
        assert.ok(sparse.placed <= sparse.participants);
      }
    });

  it('are described by what sets them apart, and by what they share', () => {
    const { groups, shared } = mapOpinions(camps([30, 20], MINDS, 6));
    const told = (g: number) => groups[g]!.representative.map((one) => [one.statement, one.agrees] as const);
    for (const [g, mind] of [MINDS[0]!, MINDS[1]!].entries()) {
      assert.ok(told(g).length > 0);
      for (const [statement, agrees] of told(g)) assert.equal(agrees, mind[Number(statement.slice(1))] === 1);
      assert.ok(
        !told(g).some(([statement]) => ['s3', 's8', 's11'].includes(statement)),
        'shared ones set nobody apart',
      );
    }
    assert.deepEqual(shared.map((one) => one.statement).sort(), ['s11', 's3', 's8']);
    assert.ok(shared.every((one) => one.agrees && one.consensus > 0.5));
  });

  it('are one when all think the same, or at random', () => {
    const same = mapOpinions(camps([25], MINDS, 1, { doubt: 0, answered: 1 }));
    assert.deepEqual([same.groups.length, same.groups[0]!.size, same.variance], [1, 25, [0, 0]]);
    assert.equal(same.shared.length, 12);
    for (const seed of [1, 2, 3, 4, 5, 6])
      assert.equal(mapOpinions(camps([200], MINDS, seed, { doubt: 1 })).groups.length, 1, `seed ${seed}`);
  });

  it('do not exist among fewer than five people, nor for who has said too little', () => {
    assert.deepEqual(mapOpinions([]).groups, []);
    const few = mapOpinions(camps([4], MINDS, 1, { answered: 1 }));
    assert.deepEqual([few.participants, few.groups, few.places], [4, [], []]);
    assert.ok(few.statements.every((one) => one.all === null && one.groups === null));
    const quiet = Array.from({ length: 20 }, (_, p) => ({
      participant: `p${p}`,
      statement: 's1',
      opinion: 1 as const,
    }));
    const map = mapOpinions(quiet, ['s1', 's2', 's3']);
    assert.deepEqual([map.participants, map.placed, map.groups.length], [20, 0, 0]);
    assert.deepEqual(
      map.statements.map((one) => one.all?.agree ?? null),
      [20, null, null],
    );
  });

  it('are the same whatever the order of opinions, and whatever people are called', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom([25, 15], [30, 20, 14], [18]), (seed, sizes) => {
        const opinions = camps(sizes, MINDS, seed, { doubt: 0.25, answered: 0.8 });
        const map = mapOpinions(opinions);
        assert.deepEqual(mapOpinions(shuffled(opinions, seed)), map);
        const renamed = opinions.map((one) => ({ ...one, participant: [...one.participant].reverse().join('') }));
        const { groups } = mapOpinions(renamed);
        assert.deepEqual(
          groups.map((one) => one.size),
          map.groups.map((one) => one.size),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('nobody alone', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 4 });
  it('is shown by a group, a place, a count, or the difference of two', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 1e6 }), (sizes, seed) => {
        const random = chance(seed);
        // Some statements are rarely answered, and some people answer little.
        const answers = (one: GivenOpinion) =>
          random() < (Number(one.statement.slice(1)) > 8 ? 0.35 : one.participant.endsWith('1') ? 0.6 : 0.97);
        const map = mapOpinions(camps(sizes, MINDS, seed, { doubt: 0.05, answered: 1 }).filter(answers));
        for (const group of map.groups) assert.ok(group.size >= LEAST_PEOPLE);
        for (const place of map.places) assert.ok(place.people >= LEAST_PEOPLE);
        assert.equal(
          map.places.reduce((sum, one) => sum + one.people, 0),
          map.groups.length ? map.placed : 0,
        );
        for (const { all, groups } of map.statements) {
          if (groups) assert.ok(all, 'groups add up to all');
          const counts = [all, ...(groups ?? [])].flatMap((one) => (one ? [one.seen] : []));
          const rest = groups ? all!.seen - groups.reduce((sum, one) => sum + one.seen, 0) : 0;
          for (const count of rest > 0 ? [...counts, rest] : counts) assert.ok(count >= LEAST_PEOPLE);
          for (const one of [all, ...(groups ?? [])])
            if (one) assert.equal(one.agree + one.disagree + one.pass, one.seen);
        }
        assert.doesNotMatch(JSON.stringify(map), /participant":/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the parts', () => {
  it('power iteration finds the eigenvector of the greatest eigenvalue', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 12, maxLength: 12 }), (cells) => {
        const m = 3;
        const a = new Float64Array(m * m);
        for (let i = 0; i < 4; i++)
          for (let j = 0; j < m; j++)
            for (let k = 0; k < m; k++) a[j * m + k]! += cells[i * m + j]! * cells[i * m + k]!;
        const { value } = leadingVector(a, m);
        const quotient = (x: number[]) => {
          let [above, below] = [0, 0];
          for (let j = 0; j < m; j++) {
            below += x[j]! ** 2;
            for (let k = 0; k < m; k++) above += x[j]! * a[j * m + k]! * x[k]!;
          }
          return below === 0 ? 0 : above / below;
        };
        for (let i = 0; i < 60; i++)
          assert.ok(quotient([Math.cos(i), Math.sin(i * 1.7), Math.cos(i * 2.3)]) <= value * (1 + 1e-6) + 1e-9);
      }),
    );
  });

  it('the silhouette of weighted places is that of the people standing there', () => {
    const points = Float64Array.of(0, 0, 1, 0, 8, 1, 9, 0, 4, 3);
    const weights = Float64Array.of(3, 1, 2, 4, 1);
    const { of } = kMeans({ points, weights }, 2);
    const people = [...weights].flatMap((weight, i) => Array<number>(weight).fill(i));
    const spread = {
      points: Float64Array.from(people.flatMap((i) => [points[i * 2]!, points[i * 2 + 1]!])),
      weights: new Float64Array(people.length).fill(1),
    };
    const ofEach = Int32Array.from(people, (i) => of[i]!);
    assert.ok(Math.abs(silhouette({ points, weights }, of, 2) - silhouette(spread, ofEach, 2)) < 1e-12);
  });

  it('proportions are tested with one added to each count', () => {
    for (const [successes, of, z] of [
      [9, 9, 3.1623],
      [5, 11, 0],
      [0, 7, -2.1213],
    ] as const)
      assert.ok(Math.abs(oneProportion(successes, of) - z) < 1e-4, `${successes} of ${of}`);
    assert.ok(Math.abs(twoProportions(9, 9, 4, 9) - 2.582) < 1e-3);
    assert.equal(twoProportions(9, 9, 9, 9), 0);
  });
});
