import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { council_rules, FIRST_RULES } from './council_rules.ts';
import { minutesOf, phaseOf } from './meeting.ts';
import { MOTION_STATES, motionAfter } from './motion.ts';
import { decide, hashOfCode, leastOf, reaches, rollOf } from './vote.ts';

const HALF = { numerator: 1, denominator: 2, more_than: true };
const TWO_THIRDS = { numerator: 2, denominator: 3, more_than: false };

describe('a share', () => {
  const table: [count: number, whole: number, share: typeof HALF, reached: boolean][] = [
    [5, 9, HALF, true],
    [4, 9, HALF, false],
    [4, 8, HALF, false],
    [5, 8, HALF, true],
    [6, 9, TWO_THIRDS, true],
    [5, 9, TWO_THIRDS, false],
    [7, 10, TWO_THIRDS, true],
    [6, 10, TWO_THIRDS, false],
    [1, 1, HALF, true],
    [0, 0, HALF, false],
    [0, 9, TWO_THIRDS, false],
  ];
  for (const [count, whole, share, reached] of table)
    it(`of ${share.numerator}/${share.denominator}: ${count} of ${whole} ${reached ? 'reach' : 'do not reach'} it`, () =>
      assert.equal(reaches(count, whole, share), reached));

  it('is reached by exactly the least number and everything above it', () => {
    const share = fc.record({
      numerator: fc.integer({ min: 1, max: 9 }),
      denominator: fc.integer({ min: 9, max: 12 }),
      more_than: fc.boolean(),
    });
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (of, whole, count) =>
        assert.equal(reaches(count, whole, of), count >= leastOf(whole, of)),
      ),
    );
  });
});

describe('who counts', () => {
  const members = ['a', 'b', 'c', 'd', 'e'];
  const table: [inRoom: string[], interested: string[], members: number, entitled: string[]][] = [
    [['a', 'b', 'c'], [], 5, ['a', 'b', 'c']],
    [['a', 'b', 'c'], ['b'], 4, ['a', 'c']],
    [['a', 'b', 'c'], ['e'], 4, ['a', 'b', 'c']],
    [['a', 'x'], ['y'], 5, ['a']],
    [[], ['a'], 4, []],
  ];
  for (const [inRoom, interested, count, entitled] of table)
    it(`with ${inRoom} in the room and ${interested} interested: ${count} members, ${entitled} vote`, () => {
      const roll = rollOf(members, inRoom, interested);
      assert.deepEqual([roll.members.length, roll.entitled], [count, entitled]);
    });
  it('counts once who holds two seats', () => assert.equal(rollOf(['a', 'a', 'b'], ['a'], []).members.length, 2));
});

describe('a vote comes to', () => {
  type Row = [
    yes: number,
    no: number,
    abstain: number,
    present: number,
    members: number,
    majority: string,
    result: string,
  ];
  const table: Row[] = [
    [3, 2, 0, 5, 9, 'simple', 'pass'],
    [2, 2, 1, 5, 9, 'simple', 'fail'],
    [1, 0, 4, 5, 9, 'simple', 'pass'],
    [0, 0, 5, 5, 9, 'simple', 'fail'],
    [4, 0, 0, 4, 9, 'simple', 'no_quorum'],
    [4, 0, 0, 4, 8, 'simple', 'no_quorum'],
    [4, 1, 1, 6, 9, 'two_thirds', 'pass'],
    [4, 0, 3, 7, 9, 'two_thirds', 'fail'],
    [5, 2, 0, 7, 9, 'two_thirds', 'pass'],
    [5, 0, 0, 8, 9, 'two_thirds', 'fail'],
    [0, 9, 0, 9, 9, 'two_thirds', 'fail'],
  ];
  for (const [yes, no, abstain, present, members, majority, result] of table)
    it(`${result}: ${yes}/${no}/${abstain} of ${present} present, ${members} members, ${majority}`, () =>
      assert.equal(
        decide(FIRST_RULES, majority, { yes, no, abstain }, { members, present, conflicted: 0 }).result,
        result,
      ));

  it('what the rules of the council say, also a majority of all members', () => {
    const majorities = { ...FIRST_RULES.majorities, absolute: { of: 'members' as const, ...HALF } };
    const rules = council_rules.parse({ ...FIRST_RULES, majorities });
    const facts = { members: 9, present: 6, conflicted: 1 };
    const { result, counts } = decide(rules, 'absolute', { yes: 4, no: 0, abstain: 0 }, facts);
    assert.deepEqual([result, counts.needed, counts.quorum], ['fail', 5, 5]);
    assert.equal(decide(rules, 'absolute', { yes: 5, no: 1, abstain: 0 }, facts).result, 'pass');
  });

  it('nothing by rules that make no sense', () => {
    const over = { ...FIRST_RULES, quorum: { numerator: 3, denominator: 2, more_than: false } };
    assert.equal(council_rules.safeParse(over).success, false);
    const { two_thirds: _, ...rest } = FIRST_RULES.majorities;
    assert.equal(council_rules.safeParse({ ...FIRST_RULES, majorities: rest }).success, false);
  });
});

describe('the life of a motion', () => {
  const LIVES: Record<string, string> = {
    second: 'moved>seconded',
    put: 'seconded>voting',
    pass: 'voting>carried',
    fail: 'voting>lost',
    no_quorum: 'voting>seconded',
    withdraw: 'moved>withdrawn seconded>withdrawn',
    rule_out: 'moved>ruled_out seconded>ruled_out',
  };
  for (const [step, allowed] of Object.entries(LIVES))
    it(`${step}: ${allowed}`, () => {
      const found = MOTION_STATES.flatMap((state) => {
        const to = motionAfter(state, step as 'pass');
        return to ? [`${state}>${to}`] : [];
      });
      assert.equal(found.join(' '), allowed);
    });
});

describe('a meeting', () => {
  const none = { called_at: null, opened_at: null, closed_at: null, cancelled_at: null };
  const at = new Date();
  for (const [what, phase] of [
    [{}, 'planned'],
    [{ called_at: at }, 'called'],
    [{ called_at: at, opened_at: at }, 'open'],
    [{ called_at: at, opened_at: at, closed_at: at }, 'closed'],
    [{ called_at: at, cancelled_at: at }, 'cancelled'],
  ] as const)
    it(`is ${phase}`, () => assert.equal(phaseOf({ ...none, ...what }), phase));
  it('has minutes from its opening until they are published', () => {
    const meeting = { opened_at: null, minutes_adopted_at: null, minutes_published_at: null };
    assert.deepEqual(
      [
        minutesOf(meeting),
        minutesOf({ ...meeting, opened_at: at }),
        minutesOf({ ...meeting, opened_at: at, minutes_adopted_at: at }),
        minutesOf({ opened_at: at, minutes_adopted_at: at, minutes_published_at: at }),
      ],
      ['none', 'draft', 'adopted', 'published'],
    );
  });
});

it('the hash of a receipt code says nothing of another vote', () => {
  assert.notEqual(hashOfCode('one', 'ABCDEFGHJKMNPQRS'), hashOfCode('two', 'ABCDEFGHJKMNPQRS'));
});
