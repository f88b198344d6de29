import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { bestOrder, EXACT_POINTS } from './best_order.ts';
import { orderRound, RoundError, type RoundProblem, readTsplib } from './index.ts';
import { beginOf } from './round_problem.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/data/tsplib', import.meta.url));
const effort = { seed: 1, iterations: 4000 };

/** Every order of every subset that is allowed, tried; the best priority, then the shortest duration. */
function bruteForce({ distances, is_closed, start, stops = [], budget = Infinity }: RoundProblem) {
  const between = distances.between as Float64Array;
  const way = (a: number, b: number) => between[a * distances.size + b]!;
  const begin = start ?? (is_closed ? 0 : undefined);
  const best = { priority: -1, duration: Infinity };
  const visit = (order: number[], time: number, priority: number) => {
    const duration = time + (is_closed && order.length > 1 ? way(order.at(-1)!, order[0]!) : 0);
    const hasFirsts = stops.every(({ is_first }, point) => !is_first || order.includes(point));
    const isBetter = priority > best.priority || (priority === best.priority && duration < best.duration);
    if (duration <= budget && hasFirsts && isBetter) Object.assign(best, { priority, duration });
    for (let point = 0; point < distances.size; point++) {
      if (order.includes(point) || (order.length === 0 && begin !== undefined && point !== begin)) continue;
      const stop = stops[point] ?? {};
      const last = order.at(-1);
      const mayFollow = last === undefined || last === begin || stops[last]?.is_first || !stop.is_first;
      if (!mayFollow) continue;
      const at = beginOf(time + (last === undefined ? 0 : way(last, point)), stop) + (stop.service ?? 0);
      if (at <= budget) visit([...order, point], at, priority + (stop.priority ?? 1));
    }
  };
  visit([], 0, 0);
  return best;
}

function durationOf({ distances, is_closed, stops = [] }: RoundProblem, order: readonly number[]): number {
  const between = distances.between as Float64Array;
  const way = (a: number, b: number) => between[a * distances.size + b]!;
  let time = 0;
  for (const [at, point] of order.entries()) {
    const stop = stops[point] ?? {};
    time = beginOf(time + (at === 0 ? 0 : way(order[at - 1]!, point)), stop) + (stop.service ?? 0);
  }
  return is_closed && order.length > 1 ? time + way(order.at(-1)!, order[0]!) : time;
}

const problems = (size: number, hasWishes: boolean, isSymmetric: boolean): fc.Arbitrary<RoundProblem> =>
  fc
    .record({
      numbers: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: size * size, maxLength: size * size }),
      is_closed: fc.boolean(),
      start: fc.option(fc.integer({ min: 0, max: size - 1 }), { nil: undefined }),
      stops: fc.array(
        fc.record({
          priority: fc.integer({ min: 1, max: 9 }),
          service: fc.integer({ min: 0, max: 9 }),
          quiet: fc.array(fc.record({ from: fc.nat(60), length: fc.integer({ min: 1, max: 40 }) }), {
            maxLength: hasWishes ? 2 : 0,
          }),
        }),
        { minLength: size, maxLength: size },
      ),
      firsts: fc.nat(2),
    })
    .map(({ numbers, is_closed, start, stops, firsts }) => {
      const between = Float64Array.from(numbers);
      if (isSymmetric)
        for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) between[a * size + b] = between[b * size + a]!;
      return {
        distances: { size, between },
        is_closed,
        start,
        stops: stops.map(({ quiet, ...stop }, at) => ({
          ...stop,
          is_first: at < firsts,
          quiet: quiet.map(({ from, length }) => ({ from, to: from + length })),
        })),
      };
    });

describe('beside every order there is', () => {
  const table: [what: string, hasWishes: boolean, isSymmetric: boolean][] = [
    ['ways alike in both directions', false, true],
    ['ways that differ by direction', false, false],
    ['quiet times', true, true],
  ];
  for (const [what, hasWishes, isSymmetric] of table) {
    it(`${what}: the round is as short`, () => {
      fc.assert(
        fc.property(problems(6, hasWishes, isSymmetric), (problem) => {
          const round = orderRound(problem, effort);
          assert.equal(round.left_out.length, 0);
          assert.equal(round.duration, bruteForce(problem).duration);
        }),
        { numRuns: 40 },
      );
    });
  }

  /** Ways as a street network has them: none is longer than a detour. */
  const shorten = (problem: RoundProblem): RoundProblem => {
    const { size, between } = problem.distances as { size: number; between: Float64Array };
    for (let via = 0; via < size; via++)
      for (let a = 0; a < size; a++)
        for (let b = 0; b < size; b++)
          between[a * size + b] = Math.min(between[a * size + b]!, between[a * size + via]! + between[via * size + b]!);
    return problem;
  };

  it('a budget: as much priority as can be had, and no longer than it takes', () => {
    fc.assert(
      fc.property(problems(6, true, true), fc.integer({ min: 100, max: 220 }), (problem, budget) => {
        const limited = { ...shorten(problem), budget };
        const best = bruteForce(limited);
        fc.pre(best.priority >= 0);
        const round = orderRound(limited, effort);
        const priority = round.order.reduce((sum, point) => sum + problem.stops![point]!.priority!, 0);
        assert.deepEqual({ priority, duration: round.duration }, best);
      }),
      { numRuns: 40 },
    );
  });

  const beyond: [what: string, hasWishes: boolean, isSymmetric: boolean, iterations: number, share: number][] = [
    ['ways alike in both directions', false, true, 400, 1.005],
    ['ways that differ by direction', false, false, 4000, 1.3],
    ['quiet times', true, true, 4000, 1.2],
  ];
  for (const [what, hasWishes, isSymmetric, iterations, share] of beyond)
    it(`${what}, one point more than is tried out: on average no longer than ${share} of the best`, () => {
      let [found, best] = [0, 0];
      for (const problem of fc.sample(problems(EXACT_POINTS + 1, hasWishes, isSymmetric), 20)) {
        const { size, between } = problem.distances as { size: number; between: Float64Array };
        const order = bestOrder(problem, (a, b) => between[a * size + b]!, new Float64Array(size).fill(1));
        const [round, shortest] = [orderRound(problem, { seed: 1, iterations }), durationOf(problem, order)];
        assert.equal(durationOf(problem, round.order), round.duration);
        assert.ok(round.duration >= shortest);
        found += round.duration;
        best += shortest;
      }
      assert.ok(found <= best * share, `${found} beside ${best}`);
    });
});

it('gives the same round for the same seed and iterations, and other seeds look elsewhere', () => {
  const size = 60;
  const at = Array.from({ length: size }, (_, point) => [(point * 7919) % 1000, (point * 104_729) % 997] as const);
  const between = (a: number, b: number) => Math.hypot(at[a]![0] - at[b]![0], at[a]![1] - at[b]![1]);
  for (const budget of [undefined, 3000]) {
    const problem = { distances: { size, between }, is_closed: true, budget };
    const find = (seed: number) => orderRound(problem, { seed, iterations: 300 }).order;
    assert.deepEqual(find(5), find(5));
    assert.equal(new Set(find(5)).size, find(5).length);
    if (budget) assert.notDeepEqual(find(5), find(6));
  }
});

describe('a stop', () => {
  const table: [what: string, time: number, service: number, quiet: [number, number][], begins: number][] = [
    ['without quiet times begins at once', 5, 10, [], 5],
    ['ends just when it becomes quiet', 5, 10, [[15, 30]], 5],
    ['would run into the quiet time and waits', 6, 10, [[15, 30]], 30],
    ['of no length waits inside it', 20, 0, [[15, 30]], 30],
    ['begins with its end', 30, 10, [[15, 30]], 30],
    [
      'does not fit between two of them',
      20,
      10,
      [
        [40, 50],
        [15, 31],
      ],
      50,
    ],
    ['has been quiet long before', 0, 5, [[Number.NEGATIVE_INFINITY, 9]], 9],
  ];
  for (const [what, time, service, quiet, begins] of table)
    it(what, () => assert.equal(beginOf(time, { service, quiet: quiet.map(([from, to]) => ({ from, to })) }), begins));
});

it('refuses a problem that makes no sense', () => {
  const size = 3;
  const between = () => 1;
  const plain = { distances: { size, between }, is_closed: true };
  const table: [code: string, problem: RoundProblem][] = [
    ['points_missing', { ...plain, distances: { size: 0, between } }],
    ['points_too_many', { ...plain, distances: { size: 20_001, between } }],
    ['distances_invalid', { ...plain, distances: { size, between: new Float64Array(8) } }],
    ['distances_invalid', { ...plain, distances: { size, between: () => -1 } }],
    ['distances_invalid', { ...plain, distances: { size, between: () => Number.NaN } }],
    ['round_invalid', { ...plain, start: 3 }],
    ['round_invalid', { ...plain, stops: [{}] }],
    ['round_invalid', { ...plain, budget: -1 }],
    ['round_invalid', { ...plain, stops: [{ priority: -1 }, {}, {}] }],
    ['round_invalid', { ...plain, stops: [{ quiet: [{ from: 2, to: 2 }] }, {}, {}] }],
    ['firsts_too_long', { ...plain, budget: 1, stops: [{}, { is_first: true }, {}] }],
  ];
  for (const [code, problem] of table)
    assert.throws(
      () => orderRound(problem, effort),
      (error) => error instanceof RoundError && error.code === code,
      code,
    );
});

it('orders one, two and three points', () => {
  for (const size of [1, 2, 3]) {
    for (const is_closed of [true, false]) {
      const { order, length } = orderRound({ distances: { size, between: () => 1 }, is_closed }, effort);
      assert.equal(order.length, size);
      assert.equal(length, size === 1 ? 0 : is_closed ? size : size - 1);
    }
  }
});

it('is within half a percent of the optimum of TSPLIB in the mean', (t) => {
  const files = globSync('*.tsp', { cwd: FOLDER });
  if (!existsSync(FOLDER)) return t.skip('the TSPLIB instances are not beside the repository');
  const optima = new Map(
    [...readFileSync(`${FOLDER}/solutions`, 'utf8').matchAll(/^(\w+) : (\d+)/gm)].map(([, name, length]) => [
      name,
      Number(length),
    ]),
  );
  const gaps = files.map((file) => {
    const { size, between } = readTsplib(readFileSync(`${FOLDER}/${file}`, 'utf8'));
    const { length } = orderRound({ distances: { size, between }, is_closed: true }, { iterations: 200 });
    return length / optima.get(basename(file, '.tsp'))! - 1;
  });
  assert.ok(Math.min(...gaps) >= 0, 'no tour is shorter than the shortest');
  assert.ok(gaps.reduce((sum, gap) => sum + gap) / gaps.length <= 0.005);
  assert.ok(Math.max(...gaps) <= 0.02);
});
