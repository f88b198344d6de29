import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fraction, multiply, ZERO } from './fraction.ts';
import { allocate, type Election, makeElection, type Options, readFraction, textOf, type VoteType } from './index.ts';
import { buyNaively } from './naive.ts';

const PROJECTS = [
  { id: 'bike', cost: 700 },
  { id: 'gym', cost: 400 },
  { id: 'park', cost: 250 },
  { id: 'playground', cost: 200 },
  { id: 'library', cost: 100 },
];

/** The example of equalshares.net: eleven voters, each line the voters of one project. */
function example(lines: Record<string, number[]>): Election {
  const papers = Array.from({ length: 11 }, (_, voter) => ({
    voter_id: `${voter}`,
    projects: Object.keys(lines).filter((id) => lines[id]!.includes(voter)),
  }));
  return makeElection({ budget: 1100, vote_type: 'approval', projects: PROJECTS }, papers);
}

/** Costs by id, and ballots as words: `ab` approves of a and b. */
function small(
  budget: number | string,
  costs: Record<string, number | string>,
  ballots: string[],
  vote_type: VoteType = 'approval',
) {
  const projects = Object.entries(costs).map(([id, cost]) => ({ id, cost }));
  return makeElection(
    { budget, vote_type, projects },
    ballots.map((word, i) => ({ voter_id: `${i}`, projects: [...word] })),
  );
}

const wonBy = (election: Election, options: Options) =>
  allocate(election, options).selected.map((project) => election.projects[project]!.id);

const rest = { park: [1, 3, 4, 6, 9], playground: [6, 7, 8, 9], library: [6, 8, 9] };
const first = example({ bike: [0, 1, 2, 3, 4, 5, 10], gym: [0, 1, 2, 3, 4, 5], ...rest });
const second = example({ bike: [0, 1, 2, 3, 4, 5], gym: [0, 1, 2, 3, 4, 5, 10], ...rest });

describe('the worked examples of equalshares.net', () => {
  const table: [election: Election, options: Options, selected: string[]][] = [
    [first, { utility: 'cost' }, ['bike', 'playground', 'library']],
    [first, { utility: 'cardinality' }, ['library', 'park', 'gym', 'playground']],
    [first, { rule: 'greedy', utility: 'cost' }, ['bike', 'gym']],
    [second, { utility: 'cost' }, ['gym', 'park', 'playground']],
    [second, { utility: 'cardinality' }, ['library', 'park', 'gym', 'playground']],
  ];
  for (const [election, options, selected] of table)
    it(`${Object.values(options).join(' ')}: ${selected.join(', ')}`, () =>
      assert.deepEqual(wonBy(election, options), selected));

  it('pays 400/7, then 425/7 twice', () => {
    const { purchases } = allocate(second, { utility: 'cost' }).shares!;
    assert.deepEqual(
      purchases.map(({ price }) => textOf(price)),
      ['400/7', '425/7', '425/7'],
    );
  });
});

describe('corners', () => {
  const table: [what: string, election: Election, options: Options, selected: string[]][] = [
    ['nobody voted', small(10, { a: 5 }, []), {}, []],
    [
      'nobody voted, then greedy takes what fits',
      small(10, { b: 5, a: 5, c: 1 }, []),
      { completion: 'greedy' },
      ['a', 'b'],
    ],
    ['empty ballots have their share too', small(12, { a: 5 }, ['a', '', '']), {}, []],
    ['what costs nothing is worth nothing by cost', small(10, { a: 0, b: 10 }, ['a', 'b']), {}, []],
    ['and is bought first by number', small(10, { a: 5, z: 0 }, ['az', 'a']), { utility: 'cardinality' }, ['z', 'a']],
    ['money that just suffices', small(10, { a: 10 }, ['a', 'a', 'a']), {}, ['a']],
    ['money that does not quite', small(10, { a: '10.0000000000000000000000000001' }, ['a', 'a', 'a']), {}, []],
    [
      'an exact tie goes by id as text',
      small(10, { '9': 5, '10': 5, '2': 5 }, ['9', '2', ''].concat()),
      { rule: 'greedy' },
      ['2', '9'],
    ],
    ['10 comes before 9', small(5, { '9': 5, '10': 5 }, []), { rule: 'greedy' }, ['10']],
    [
      'greedy skips what does not fit',
      small(10, { a: 11, b: 6, c: 4 }, ['ab', 'abc', 'a']),
      { rule: 'greedy' },
      ['b', 'c'],
    ],
    [
      'the last of a ranking gets nothing',
      small(10, { a: 5, b: 5 }, ['ab', 'ab'], 'ordinal'),
      { utility: 'borda' },
      ['a'],
    ],
    [
      'Phragmén ends when the next does not fit',
      small(10, { a: 6, b: 5, c: 1 }, ['ab', 'ab', 'c']),
      { rule: 'phragmen' },
      ['c', 'b'],
    ],
    [
      'Phragmén takes what nobody wants, when all fits',
      small(10, { a: 6, b: 2, c: 1 }, ['a']),
      { rule: 'phragmen' },
      ['a', 'b', 'c'],
    ],
    [
      'no step can add to everything',
      small(100, { a: 5, b: 6 }, ['a', 'b']),
      { completion: 'add1', stop: 'overspend' },
      ['a', 'b'],
    ],
  ];
  for (const [what, election, options, selected] of table)
    it(what, () => assert.deepEqual(wonBy(election, options), selected));

  it('refuses what the ballots cannot answer', () => {
    const ranked = small(10, { a: 5 }, ['a'], 'ordinal');
    assert.throws(() => allocate(ranked, { utility: 'points' }), { code: 'utility_unfit' });
    assert.throws(() => allocate(ranked, { rule: 'greedy', utility: 'points' }), { code: 'utility_unfit' });
    assert.throws(() => allocate(ranked, { rule: 'phragmen' }), { code: 'rule_unfit' });
    assert.throws(() => allocate(ranked, { completion: 'add1', increment: ZERO }), { code: 'increment_invalid' });
    assert.throws(() => small(10, { a: 5 }, ['b']), { code: 'project_unknown' });
    assert.throws(() => small(-10, { a: 5 }, []), { code: 'amount_invalid' });
  });

  it('breaks ties by cost, then votes, then a lot that is drawn once', () => {
    const election = small(6, { a: 4, b: 3, c: 3 }, ['abc', 'abc', 'c']);
    assert.deepEqual(wonBy(election, { rule: 'greedy', utility: 'cost', tie: { by: 'cost-votes-lot', lot: 'x' } }), [
      'c',
      'b',
    ]);
    const even = small(3, { a: 3, b: 3 }, ['ab']);
    const winners = ['0', '1', '2', '3', '4', '5', '6', '7'].map(
      (lot) => wonBy(even, { tie: { by: 'cost-votes-lot', lot } })[0],
    );
    assert.deepEqual([...new Set(winners)].sort(), ['a', 'b']);
    assert.deepEqual(
      winners,
      winners.map((_, lot) => wonBy(even, { tie: { by: 'cost-votes-lot', lot: `${lot}` } })[0]),
    );
  });
});

const amount = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map(String),
  fc.integer({ min: 1, max: 600 }).map((tenths) => `${tenths}/10`),
  fc.constantFrom('0', '30', '60', '1000000000000000000000000', '29.999999999999999999'),
);
const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const drawn = fc.record({
  budget: fc.constantFrom('60', '100', '99.99', '10/3'),
  costs: fc.array(amount, { minLength: 1, maxLength: 6 }),
  ballots: fc.array(fc.array(fc.tuple(fc.nat(5), fc.constantFrom('1', '2', '3', '0', '0.5')), { maxLength: 6 }), {
    maxLength: 12,
  }),
  extra: fc.constantFrom('0', '1', '7/3'),
});

function electionOf({
  budget,
  costs,
  ballots,
}: {
  budget: string;
  costs: string[];
  ballots: [number, string][][];
}): Election {
  return makeElection(
    { budget, vote_type: 'scoring', projects: costs.map((cost, i) => ({ id: IDS[i]!, cost })) },
    ballots.map((ballot, i) => {
      const marks = new Map(
        ballot.filter(([project]) => project < costs.length).map(([project, points]) => [IDS[project]!, points]),
      );
      return { voter_id: `${i}`, projects: [...marks.keys()], points: [...marks.values()] };
    }),
  );
}

it('buys what the definition buys, in the same order, at every endowment', () => {
  fc.assert(
    fc.property(drawn, fc.constantFrom('cost', 'cardinality', 'points'), (given, utility) => {
      const election = electionOf(given);
      const worth = (voter: number, project: number) => {
        const ballot = election.ballots[election.ballot_of[voter]!]!;
        const place = ballot.projects.indexOf(project);
        if (place < 0) return ZERO;
        if (utility === 'points') return ballot.points![place]!;
        return utility === 'cost' ? election.projects[project]!.cost : fraction(1n);
      };
      assert.deepEqual(allocate(election, { utility }).selected, buyNaively(election, worth));
      // One step of add1 with an increment: the same from a budget that is so much larger for everybody.
      const extra = readFraction(given.extra)!;
      const voters = fraction(BigInt(election.ballot_of.length));
      const grown = { ...election, budget: { ...addTo(election.budget, multiply(extra, voters)) } };
      assert.deepEqual(allocate(grown, { utility }).selected, buyNaively(election, worth, extra));
    }),
    { numRuns: 300 },
  );
});

function addTo(a: ReturnType<typeof fraction>, b: ReturnType<typeof fraction>) {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den);
}

it('does not depend on the order of voters, on equal ballots standing apart, or on the unit of money', () => {
  fc.assert(
    fc.property(drawn, fc.constantFrom('none', 'add1', 'add1u'), (given, completion) => {
      const options = { completion, increment: fraction(7n, 3n) } as const;
      const won = wonBy(electionOf(given), options);
      assert.deepEqual(wonBy(electionOf({ ...given, ballots: given.ballots.toReversed() }), options), won);
      const cents = (text: string) => textOf(multiply(readFraction(text)!, fraction(100n)));
      const inCents = { ...given, budget: cents(given.budget), costs: given.costs.map(cents) };
      assert.deepEqual(wonBy(electionOf(inCents), { completion, increment: fraction(700n, 3n) }), won);
    }),
    { numRuns: 200 },
  );
});
