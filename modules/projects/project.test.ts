import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  escalationOf,
  MILESTONE_STATES,
  type Milestone,
  type MilestoneStep,
  milestoneAfter,
  objectionToClosing,
  promisedFen,
  trancheOf,
} from './milestone.ts';
import {
  ENDED_PROJECTS,
  FEWEST_SHOWN,
  PROJECT_STATES,
  PROJECT_STEPS,
  type ProjectState,
  projectAfter,
  shownAnswers,
} from './project.ts';

/** What each step makes of a project, state by state; a dot says that it cannot happen. */
const TABLE = `
step              chosen   drafted  running  reported closed   stopped
draft             drafted  drafted  .        .        .        .
sign              .        drafted  .        .        .        .
begin             .        running  .        .        .        .
fund              .        .        running  .        .        .
return_rest       .        .        running  reported .        stopped
submit            .        .        running  .        .        .
accept            .        .        running  .        .        .
return            .        .        running  .        .        .
ask_tranche       .        .        running  .        .        .
ask_change        .        .        running  .        .        .
approve_change    .        .        running  .        .        .
refuse_change     .        .        running  .        .        .
open_risk         .        .        running  .        .        .
close_risk        .        .        running  reported .        .
escalate          .        .        running  .        .        .
name_beneficiary  .        .        running  reported .        .
answer            .        .        running  reported .        .
report            .        .        reported .        .        .
return_report     .        .        .        running  .        .
close             .        .        .        closed   .        .
stop              stopped  stopped  stopped  .        .        .`;

const cells = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const [[, ...states], ...rows] = cells as [string[], ...string[][]];

describe('a project', () => {
  it('has a line for every step and a column for every state', () => {
    assert.deepEqual(states, [...PROJECT_STATES]);
    assert.deepEqual(
      rows.map(([step]) => step),
      [...PROJECT_STEPS],
    );
  });
  for (const [i, [step, ...afters]] of rows.entries())
    it(`${step} goes where the table says`, () =>
      assert.deepEqual(
        PROJECT_STATES.map((state) => projectAfter(state, PROJECT_STEPS[i]!) ?? '.'),
        afters,
      ));

  it('whatever is tried, ends once, stays ended, and is never closed without both signatures and a report', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PROJECT_STEPS), { maxLength: 60 }), (tried) => {
        let state: ProjectState = 'chosen';
        const done: string[] = [];
        for (const step of tried) {
          const after = projectAfter(state, step);
          if (!after) continue;
          if (ENDED_PROJECTS.includes(state)) assert.equal(after, state);
          state = after;
          done.push(step);
        }
        if (state !== 'closed') return;
        const order = ['draft', 'begin', 'report', 'close'].map((step) => done.indexOf(step));
        assert.deepEqual(
          order,
          [...order].sort((a, b) => a - b),
        );
        assert.ok(order[0]! >= 0);
        assert.equal(done.lastIndexOf('report') < done.indexOf('close'), true);
      }),
    );
  });
});

describe('a milestone', () => {
  const of: [from: (typeof MILESTONE_STATES)[number], step: MilestoneStep, to: string | undefined][] = [
    ['planned', 'submit', 'submitted'],
    ['planned', 'drop', 'dropped'],
    ['planned', 'accept', undefined],
    ['submitted', 'accept', 'accepted'],
    ['submitted', 'return', 'planned'],
    ['submitted', 'drop', undefined],
    ['accepted', 'return', undefined],
    ['dropped', 'submit', undefined],
  ];
  for (const [from, step, to] of of)
    it(`${from} ${step} is ${to ?? 'not possible'}`, () => assert.equal(milestoneAfter(from, step), to));

  const days: [due_on: string, today: string, level: number][] = [
    ['2026-03-10', '2026-03-06', 0],
    ['2026-03-10', '2026-03-07', 1],
    ['2026-03-10', '2026-03-10', 1],
    ['2026-03-10', '2026-03-11', 2],
    ['2026-03-01', '2026-02-26', 1],
  ];
  for (const [due_on, today, level] of days)
    it(`due on ${due_on} is at level ${level} on ${today}`, () => assert.equal(escalationOf(due_on, today), level));

  const money: [Pick<Milestone, 'state' | 'tranche_fen' | 'spending_id'>, Parameters<typeof trancheOf>[1], string][] = [
    [{ state: 'accepted', tranche_fen: 0, spending_id: null }, undefined, 'none'],
    [{ state: 'submitted', tranche_fen: 5, spending_id: null }, undefined, 'none'],
    [{ state: 'accepted', tranche_fen: 5, spending_id: null }, undefined, 'due'],
    [{ state: 'accepted', tranche_fen: 5, spending_id: 'a' }, { state: 'waiting', is_reversed: false }, 'waiting'],
    [{ state: 'accepted', tranche_fen: 5, spending_id: 'a' }, { state: 'posted', is_reversed: false }, 'paid'],
    [{ state: 'accepted', tranche_fen: 5, spending_id: 'a' }, { state: 'posted', is_reversed: true }, 'due'],
    [{ state: 'accepted', tranche_fen: 5, spending_id: 'a' }, { state: 'refused', is_reversed: false }, 'refused'],
  ];
  for (const [one, spending, expected] of money)
    it(`${one.state} with ${spending?.state ?? 'no'} spending: its tranche is ${expected}`, () =>
      assert.equal(trancheOf(one, spending), expected));

  it('is in no way of closing only when all are decided and the money is settled', () => {
    const settled = { changes_waiting: 0, left_fen: 0 };
    const accepted = { state: 'accepted' } as const;
    assert.equal(objectionToClosing([accepted, { state: 'dropped' }], ['paid', 'none'], settled), null);
    assert.equal(objectionToClosing([{ state: 'submitted' }], ['none'], settled), 'milestones_undecided');
    assert.equal(objectionToClosing([accepted], ['paid'], { ...settled, changes_waiting: 1 }), 'changes_waiting');
    for (const tranche of ['due', 'waiting', 'refused'] as const)
      assert.equal(objectionToClosing([accepted], [tranche], settled), 'money_unsettled');
    assert.equal(objectionToClosing([accepted], ['paid'], { ...settled, left_fen: 1 }), 'money_unsettled');
  });

  it('that was dropped promises nothing', () => {
    const fen = fc.nat(1e9);
    fc.assert(
      fc.property(fc.array(fc.record({ state: fc.constantFrom(...MILESTONE_STATES), tranche_fen: fen })), (all) => {
        const standing = all.filter((one) => one.state !== 'dropped');
        assert.equal(promisedFen(all), promisedFen(standing));
      }),
    );
  });
});

describe('answers', () => {
  it('are not shown below five, nor any score that fewer than five gave', () => {
    const score = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.array(score, { maxLength: 40 }), (given) => {
        const counts = [1, 2, 3, 4, 5].map((one) => ({
          ...{ question: 1, score: one },
          count: given.filter((each) => each === one).length,
        }));
        const [shown] = shownAnswers(counts, 1);
        if (given.length < FEWEST_SHOWN)
          return assert.deepEqual(shown, { question: 1, answers: 0, average: null, scores: null });
        assert.equal(shown!.answers, given.length);
        for (const one of shown!.scores ?? []) assert.ok(one === 0 || one >= FEWEST_SHOWN);
        const average = given.reduce((sum, one) => sum + one, 0) / given.length;
        assert.ok(Math.abs(shown!.average! - average) <= 0.0500001);
      }),
    );
  });
});
