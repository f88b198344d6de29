import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { chooseSites, coverMost, PmedError, proveSites, readPmed, SiteError, type SiteProblem } from './index.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/data/pmed', import.meta.url));
const effort = { seed: 1, iterations: 40 };

/** The cost of the best of all choices. */
function bruteForce({ sites, points, distances, weights, count, kept = [] }: SiteProblem): number {
  let best = Number.POSITIVE_INFINITY;
  for (let chosen = 0; chosen < 1 << sites; chosen++) {
    const open = Array.from({ length: sites }, (_, site) => site).filter((site) => chosen & (1 << site));
    if (open.length !== count || kept.some((site) => !open.includes(site))) continue;
    let cost = 0;
    for (let point = 0; point < points; point++)
      cost += (weights?.[point] ?? 1) * Math.min(...open.map((site) => distances[site * points + point]!));
    best = Math.min(best, cost);
  }
  return best;
}

const problems: fc.Arbitrary<SiteProblem> = fc
  .record({ sites: fc.integer({ min: 1, max: 8 }), points: fc.integer({ min: 1, max: 9 }) })
  .chain(({ sites, points }) =>
    fc.record({
      sites: fc.constant(sites),
      points: fc.constant(points),
      distances: fc
        .array(fc.integer({ min: 0, max: 50 }), { minLength: sites * points, maxLength: sites * points })
        .map((numbers) => Float64Array.from(numbers)),
      weights: fc.option(
        fc
          .array(fc.integer({ min: 0, max: 5 }), { minLength: points, maxLength: points })
          .map((numbers) => Float64Array.from(numbers)),
        { nil: undefined },
      ),
      count: fc.integer({ min: 1, max: sites }),
      kept: fc.constantFrom([], [0]),
    }),
  );

describe('beside all choices there are', () => {
  it('costs as little, and the bound is never above', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { sites, cost, bound, gap } = chooseSites(problem, effort);
        assert.equal(cost, bruteForce(problem));
        assert.equal(sites.length, problem.count);
        assert.ok(problem.kept!.every((site) => sites.includes(site)));
        assert.ok(bound <= cost && gap >= 0);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('covers as much', () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 0, max: 30 }), (problem, radius) => {
        const distances = problem.distances.map((distance) => (distance <= radius ? 0 : 1));
        const total = problem.weights?.reduce((sum, weight) => sum + weight, 0) ?? problem.points;
        assert.equal(coverMost({ ...problem, radius }, effort).covered, total - bruteForce({ ...problem, distances }));
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('proves the best with HiGHS from a poor start', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const { cost, bound } = await proveSites(problem, { iterations: 0 }, { prove_milliseconds: 60_000 });
        assert.equal(cost, bruteForce(problem));
        assert.equal(bound, cost);
      }),
      { numRuns: 8, seed: 3 },
    );
  });
});

/** Points on a wide plane that is the same every time. */
function plane(size: number, count: number): SiteProblem {
  const at = Array.from({ length: size }, (_, point) => [(point * 7919) % 1009, (point * 104_729) % 997] as const);
  const distances = Float64Array.from({ length: size * size }, (_, pair) => {
    const [a, b] = [at[Math.floor(pair / size)]!, at[pair % size]!];
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  });
  return { sites: size, points: size, distances, count };
}

it('gives the same sites for the same seed and iterations', () => {
  const problem = plane(80, 7);
  assert.deepEqual(
    chooseSites(problem, { seed: 4, iterations: 10 }),
    chooseSites(problem, { seed: 4, iterations: 10 }),
  );
});

it('tells of better answers and bounds as they come, and stops when told to', async () => {
  const told: { cost: number; bound: number }[] = [];
  const chosen = chooseSites(plane(80, 7), { iterations: 30, progress: (better) => void told.push(better) });
  assert.ok(told.length > 1);
  assert.equal(told.at(-1)!.cost, chosen.cost);
  for (const [at, { cost, bound }] of told.entries()) {
    assert.ok(at === 0 || (cost <= told[at - 1]!.cost && bound >= told[at - 1]!.bound));
  }
  let times = 0;
  chooseSites(plane(80, 7), { iterations: 1000, progress: () => ++times < 2 });
  assert.equal(times, 2);
  const stopped = await proveSites(
    plane(80, 7),
    { iterations: 1 },
    { prove_milliseconds: 60_000, signal: AbortSignal.abort() },
  );
  assert.ok(stopped.gap > 0, 'nothing was proven after the stop');
});

it('refuses a problem that makes no sense', () => {
  const plain: SiteProblem = { sites: 2, points: 2, distances: new Float64Array([0, 1, 1, 0]), count: 1 };
  const table: SiteProblem[] = [
    { ...plain, count: 0 },
    { ...plain, count: 3 },
    { ...plain, points: 0 },
    { ...plain, sites: 1e9 },
    { ...plain, distances: new Float64Array(3) },
    { ...plain, distances: new Float64Array([0, -1, 1, 0]) },
    { ...plain, distances: new Float64Array([0, Number.POSITIVE_INFINITY, 1, 0]) },
    { ...plain, weights: new Float64Array(3) },
    { ...plain, weights: new Float64Array([1, -1]) },
    { ...plain, kept: [2] },
    { ...plain, kept: [0, 1] },
  ];
  for (const problem of table)
    assert.throws(
      () => chooseSites(problem, effort),
      (error) => error instanceof SiteError && error.code === 'sites_invalid',
    );
});

it('finds the optima of the OR-Library in few iterations', (t) => {
  if (!existsSync(FOLDER)) return t.skip('the pmed instances are not beside the repository');
  const optima = new Map(
    [...readFileSync(`${FOLDER}/pmedopt.txt`, 'utf8').matchAll(/^(pmed\d+) (\d+)/gm)].map(([, name, cost]) => [
      name,
      Number(cost),
    ]),
  );
  for (const file of globSync('pmed{2,4,6,8,10,12,14}.txt', { cwd: FOLDER })) {
    const { vertices, count, distances } = readPmed(readFileSync(`${FOLDER}/${file}`, 'utf8'));
    const { cost, bound } = chooseSites({ sites: vertices, points: vertices, distances, count }, effort);
    const optimum = optima.get(basename(file, '.txt'))!;
    assert.ok(cost >= optimum && cost <= 1.005 * optimum, `${file}: ${cost}, optimum ${optimum}`);
    assert.ok(bound <= optimum, `${file}: bound ${bound}`);
  }
});

describe('a pmed file', () => {
  it('gives the shortest ways, the last length of a repeated edge counting', () => {
    const { vertices, count, distances } = readPmed(' 3 4 1 \n 1 2 9\n 2 3 2\n 2 1 4\n 1 3 7\n');
    assert.deepEqual({ vertices, count }, { vertices: 3, count: 1 });
    assert.deepEqual([...distances], [0, 4, 6, 4, 0, 2, 6, 2, 0]);
  });

  const table: [what: string, text: string, line: number][] = [
    ['nothing', '', 1],
    ['a short heading', '3 4\n', 1],
    ['more sites than vertices', '2 1 3\n1 2 1\n', 1],
    ['too many vertices', '999999 1 3\n1 2 1\n', 1],
    ['too few edges', '3 3 1\n1 2 1\n2 3 1\n', 1],
    ['a vertex that is none', '3 2 1\n1 2 1\n2 4 1\n', 3],
    ['no number', '3 2 1\n1 2 1\n2 x 1\n', 3],
    ['a negative length', '3 2 1\n1 2 -1\n2 3 1\n', 2],
    ['an edge without length', '3 2 1\n1 2 1\n2 3\n', 3],
    ['a vertex that no way leads to', '3 1 1\n1 2 1\n', 3],
  ];
  for (const [what, text, line] of table)
    it(`is refused with its line: ${what}`, () =>
      assert.throws(
        () => readPmed(text),
        (error) => error instanceof PmedError && error.line === line,
      ));

  it('says nothing but PmedError to hostile text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 4 }), { maxLength: 6 })
        .map((rows) => rows.map((row) => row.join(' ')).join('\n')),
    );
    fc.assert(
      fc.property(text, (hostile) => {
        try {
          readPmed(hostile);
        } catch (error) {
          if (!(error instanceof PmedError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
