import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findInstabilities, lotteryOf, type Market, matchCourses } from './index.ts';

const FILE = join(import.meta.dirname, '../../../shared/data/fair/deferred_acceptance.json');
const skip = existsSync(FILE) ? false : 'the instances (../shared/data/fair) are not here';
type Instance = {
  name: string;
  applicants: Record<string, string[]>;
  programmes: Record<string, string[]>;
  capacity: Record<string, number>;
  applicant_optimal: Record<string, string[]>;
  rank_distribution: Record<string, number>;
};

describe('instances computed by others', { skip }, () => {
  const { instances } = skip
    ? { instances: [] }
    : (JSON.parse(readFileSync(FILE, 'utf8')) as { instances: Instance[] });
  for (const { name, applicants, programmes, capacity, applicant_optimal, rank_distribution } of instances)
    it(`${name}: the same assignment, stable, and the same share of first wishes`, () => {
      const market: Market = {
        courses: Object.keys(capacity).map((id) => ({
          id,
          seats: capacity[id]!,
          priority: programmes[id]!.map((one) => [one]),
        })),
        applicants: Object.keys(applicants).map((id) => ({ id, prefers: applicants[id]! })),
      };
      const assigned = matchCourses(market);
      for (const [course, expected] of Object.entries(applicant_optimal)) {
        const got = [...assigned].filter(([, one]) => one === course).map(([id]) => id);
        assert.deepEqual(got.sort(), [...expected].sort());
      }
      assert.deepEqual(findInstabilities(market, assigned), []);
      const ranks: Record<string, number> = {};
      for (const [id, course] of assigned) {
        const rank = course === null ? 'None' : String(applicants[id]!.indexOf(course) + 1);
        ranks[rank] = (ranks[rank] ?? 0) + 1;
      }
      assert.deepEqual(ranks, Object.fromEntries(Object.entries(rank_distribution).filter(([, count]) => count > 0)));
    });
  it('are eight', () => assert.equal(instances.length, 8));
});

/** A small market: courses with few seats and priority classes, applicants with some wishes. */
const someMarket = fc
  .record({ courses: fc.integer({ min: 1, max: 4 }), applicants: fc.integer({ min: 1, max: 7 }) })
  .chain((size) => {
    const courses = Array.from({ length: size.courses }, (_, i) => `course ${i}`);
    const applicants = Array.from({ length: size.applicants }, (_, i) => `applicant ${i}`);
    const classes = fc.shuffledSubarray(applicants).map((chosen) => [chosen.slice(0, 2), chosen.slice(2, 4)]);
    return fc.record<Market>({
      courses: fc.tuple(
        ...courses.map((id) =>
          fc.record({ id: fc.constant(id), seats: fc.integer({ min: 0, max: 3 }), priority: classes }),
        ),
      ),
      applicants: fc.tuple(
        ...applicants.map((id) => fc.record({ id: fc.constant(id), prefers: fc.shuffledSubarray(courses) })),
      ),
      seed: fc.string({ minLength: 1 }).map((text) => `s${text}`),
    });
  });

describe('deferred acceptance', () => {
  it('is stable, and no stable assignment is better for anybody', () => {
    fc.assert(
      fc.property(someMarket, (market) => {
        const assigned = matchCourses(market);
        assert.deepEqual(findInstabilities(market, assigned), []);
        if (market.applicants.length > 4) return;
        for (const other of assignmentsOf(market)) {
          if (findInstabilities(market, other).length > 0) continue;
          for (const { id, prefers } of market.applicants)
            assert.ok(rankOf(prefers, assigned.get(id)!) <= rankOf(prefers, other.get(id)!));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gains nobody anything by naming other preferences', () => {
    fc.assert(
      fc.property(someMarket, fc.nat(), (market, at) => {
        const liar = market.applicants[at % market.applicants.length]!;
        const honest = rankOf(liar.prefers, matchCourses(market).get(liar.id)!);
        for (const prefers of ordersOf(market.courses.map(({ id }) => id))) {
          const applicants = market.applicants.map((one) => (one === liar ? { ...one, prefers } : one));
          assert.ok(rankOf(liar.prefers, matchCourses({ ...market, applicants }).get(liar.id)!) >= honest);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('without priorities gives what taking turns by lottery number gives', () => {
    fc.assert(
      fc.property(someMarket, (market) => {
        const equal = { ...market, courses: market.courses.map(({ id, seats }) => ({ id, seats })) };
        const left = new Map(equal.courses.map(({ id, seats }) => [id, seats]));
        const numbers = lotteryOf(equal);
        const turns = [...equal.applicants].sort((a, b) => (numbers.get(a.id)! < numbers.get(b.id)! ? -1 : 1));
        const expected = new Map<string, string | null>();
        for (const { id, prefers } of turns) {
          const course = prefers.find((one) => left.get(one)! > 0) ?? null;
          if (course !== null) left.set(course, left.get(course)! - 1);
          expected.set(id, course);
        }
        assert.deepEqual([...matchCourses(equal)].sort(), [...expected].sort());
      }),
    );
  });

  it('puts who stands in no class last, and whoever withdrew nowhere', () => {
    const courses = [{ id: 'X', seats: 1, priority: [['gone'], ['B']] }];
    const applicants = [
      { id: 'A', prefers: ['X'] },
      { id: 'B', prefers: ['X'] },
    ];
    for (const seed of ['a', 'b', 'c', 'd']) assert.equal(matchCourses({ courses, applicants, seed }).get('B'), 'X');
  });
});

describe('the checker', () => {
  const courses = [
    { id: 'X', seats: 1, priority: [['A'], ['B']] },
    { id: 'Y', seats: 1 },
  ];
  const applicants = [
    { id: 'A', prefers: ['X', 'Y'] },
    { id: 'B', prefers: ['X', 'Y'] },
  ];
  const find = (A: string | null, B: string | null) =>
    findInstabilities(
      { courses, applicants, seed: 's' },
      new Map([
        ['A', A],
        ['B', B],
      ]),
    ).map(({ why, applicant }) => `${why} ${applicant}`);
  it('names what is wrong', () => {
    assert.deepEqual(find('X', 'Y'), []);
    assert.deepEqual(find('Y', 'X'), ['goes_before A']);
    assert.deepEqual(find('X', null), ['seat_empty B']);
    assert.deepEqual(find('X', 'X'), ['overfull null']);
    assert.deepEqual(find('Z', 'Y'), ['not_wanted A', 'seat_empty A', 'goes_before A', 'seat_empty B']);
  });
});

/** How dear a course is; one that was never wanted is worse than none. */
const rankOf = (prefers: string[], course: string | null) =>
  course === null ? prefers.length : prefers.includes(course) ? prefers.indexOf(course) : prefers.length + 1;

function* ordersOf(courses: string[]): Generator<string[]> {
  yield [];
  for (const first of courses)
    for (const rest of ordersOf(courses.filter((one) => one !== first))) yield [first, ...rest];
}

function* assignmentsOf({ applicants }: Market, at = 0): Generator<Map<string, string | null>> {
  if (at === applicants.length) return yield new Map();
  for (const rest of assignmentsOf({ applicants, courses: [] }, at + 1))
    for (const course of [...applicants[at]!.prefers, null]) yield new Map([...rest, [applicants[at]!.id, course]]);
}
