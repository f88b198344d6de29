import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import fc from 'fast-check';
import { checkPrices, checkProportionality, type Statement } from './checker.ts';
import { add, compare, fraction, multiply, ZERO } from './fraction.ts';
import { allocate, explainProjects, explainVoters, makeElection, statementOf, textOf } from './index.ts';

const IDS = ['a', 'b', 'c', 'd', 'e'];
const drawn = fc.record({
  budget: fc.integer({ min: 1, max: 120 }).map(String),
  costs: fc.array(fc.constantFrom('10', '20', '30', '30.5', '0', '7/3', '60'), { minLength: 1, maxLength: 5 }),
  ballots: fc.array(fc.uniqueArray(fc.tuple(fc.nat(4), fc.constantFrom('1', '2', '0.5')), { selector: ([id]) => id }), {
    minLength: 1,
    maxLength: 12,
  }),
});

function electionOf({ budget, costs, ballots }: { budget: string; costs: string[]; ballots: [number, string][][] }) {
  return makeElection(
    { budget, vote_type: 'scoring', projects: costs.map((cost, i) => ({ id: IDS[i]!, cost })) },
    ballots.map((ballot, i) => {
      const marked = ballot.filter(([project]) => project < costs.length);
      return {
        voter_id: `v${i}`,
        projects: marked.map(([project]) => IDS[project]!),
        points: marked.map(([, points]) => points),
      };
    }),
  );
}

const options = fc.record({
  utility: fc.constantFrom('cost' as const, 'cardinality' as const, 'points' as const),
  completion: fc.constantFrom('none' as const, 'greedy' as const, 'add1' as const, 'add1u' as const),
});

it('finds nothing wrong with what equal shares decides, and finds the same prices alone', () => {
  fc.assert(
    fc.property(drawn, options, (given, how) => {
      const election = electionOf(given);
      const { vote, statement } = statementOf(election, allocate(election, how));
      const prices = checkPrices(vote, statement);
      assert.deepEqual(prices.findings, []);
      const bare = { ...statement, purchases: statement.purchases.map(({ project }) => ({ project })) };
      assert.deepEqual(checkPrices(vote, bare).purchases, prices.purchases);
      const { ok, witness } = checkProportionality(vote, statement.winners);
      assert.ok(ok, JSON.stringify(witness));
    }),
    { numRuns: 400 },
  );
});

it('accounts for every voter and project to the last fraction', () => {
  fc.assert(
    fc.property(drawn, options, (given, how) => {
      const election = electionOf(given);
      const outcome = allocate(election, how);
      const paid = new Map<string, ReturnType<typeof fraction>>();
      for (const { payments, spent, left } of explainVoters(election, outcome)) {
        for (const { id, money } of payments) paid.set(id, add(paid.get(id) ?? ZERO, money));
        const { endowment, electorate } = outcome.shares!;
        assert.equal(compare(multiply(add(spent, left), fraction(electorate.unit)), endowment), 0);
      }
      for (const { id, cost, decision, purchase, place } of explainProjects(election, outcome)) {
        assert.equal(place !== null, ['free', 'bought', 'added'].includes(decision));
        assert.equal(textOf(paid.get(id) ?? ZERO), decision === 'bought' ? textOf(cost) : '0');
        if (purchase) assert.ok(purchase.paid_in_full > 0);
      }
    }),
    { numRuns: 200 },
  );
});

const election = makeElection(
  {
    budget: 100,
    vote_type: 'approval',
    projects: [
      { id: 'road', cost: 100 },
      { id: 'bench', cost: 40 },
    ],
  },
  Array.from({ length: 10 }, (_, i) => ({ voter_id: `v${i}`, projects: i < 6 ? ['road'] : ['bench'] })),
);
const { vote, statement } = statementOf(election, allocate(election, { utility: 'cost' }));

it('names the group that greedy leaves out', () => {
  const greedy = allocate(election, { rule: 'greedy' }).selected.map((project) => election.projects[project]!.id);
  assert.deepEqual(greedy, ['road']);
  const { ok, witness } = checkProportionality(vote, greedy);
  assert.equal(ok, false);
  assert.deepEqual(witness, { project: 'bench', voters: ['v6', 'v7', 'v8', 'v9'], ratio: 1 });
});

it('finds a price that collects other than the cost, a small share, a budget overdrawn, a project that could be paid', () => {
  const bench = { project: 'bench', price: '10' };
  assert.deepEqual(statement, { endowment: '10', purchases: [bench], winners: ['bench'] });
  const table: [changed: Partial<Statement>, code: string, project: string | null][] = [
    [{ purchases: [{ project: 'bench', price: '9.99' }] }, 'payments_differ', 'bench'],
    [{ endowment: '9' }, 'endowment_too_small', null],
    [{ winners: ['bench', 'road'] }, 'over_budget', null],
    [{ winners: ['road'], purchases: [] }, 'supporters_could_pay', 'bench'],
    [{ winners: ['bench', 'bench'] }, 'winner_repeated', 'bench'],
    [{ winners: [] }, 'not_among_winners', 'bench'],
    [{ winners: ['bench', 'road'], purchases: [bench, { project: 'road' }] }, 'payments_differ', 'road'],
  ];
  for (const [changed, code, project] of table) {
    const { ok, findings } = checkPrices(vote, { ...statement, ...changed });
    assert.equal(ok, false);
    assert.ok(
      findings.some((one) => one.code === code && one.project === project),
      `${code}: ${JSON.stringify(findings)}`,
    );
  }
});

it('checks every group there is, when tried one by one', () => {
  fc.assert(
    fc.property(drawn, fc.uniqueArray(fc.constantFrom(...IDS)), (given, some) => {
      const one = electionOf({ ...given, ballots: given.ballots.slice(0, 6) });
      const winners = some.filter((id) => one.projects.some((project) => project.id === id));
      const { vote: asked } = statementOf(one, allocate(one, { utility: 'points' }));
      assert.equal(checkProportionality(asked, winners).ok, everyGroupIsServed(one, winners));
    }),
    { numRuns: 150 },
  );
});

/** The definition, over all subsets of supporters. */
function everyGroupIsServed(
  { projects, ballots, ballot_of, budget }: ReturnType<typeof electionOf>,
  winners: string[],
): boolean {
  const points = (voter: number, id: string) => {
    const ballot = ballots[ballot_of[voter]!]!;
    const place = ballot.projects.findIndex((project) => projects[project]!.id === id);
    return place < 0 ? ZERO : ballot.points![place]!;
  };
  const sum = (some: ReturnType<typeof fraction>[]) => some.reduce(add, ZERO);
  const voters = [...ballot_of.keys()];
  const holds = voters.map((voter) => sum(winners.map((id) => points(voter, id))));
  return projects.every(({ id, cost }) => {
    if (winners.includes(id)) return true;
    const supporters = voters.filter((voter) => points(voter, id).num > 0n);
    for (let subset = 1; subset < 2 ** supporters.length; subset++) {
      const group = supporters.filter((_, i) => subset & (1 << i));
      const owed = multiply(budget, sum(group.map((voter) => points(voter, id))));
      const price = multiply(cost, fraction(BigInt(voters.length)));
      if (group.every((voter) => compare(owed, multiply(price, add(holds[voter]!, points(voter, id)))) >= 0))
        return false;
    }
    return true;
  });
}

it('imports nothing, so that it can be handed out', () => {
  const text = readFileSync(new URL('checker.ts', import.meta.url), 'utf8');
  assert.doesNotMatch(text, /^\s*(import|export .* from)\b|\bimport\(|\brequire\(/m);
});
