import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { newId } from '#platform/ids.ts';
import { formatYuan, parseYuan } from '#platform/money.ts';
import { type Account, availableOf, balanceOf, shapeOf } from './account.ts';
import { type Flow, move } from './transfer.ts';

const names = { 'zh-CN': '账户', en: 'Account' };

describe('an amount', () => {
  const table: [text: string, fen: number | null][] = [
    ['12', 1200],
    ['12.5', 1250],
    ['￥1,200.05', 120005],
    ['-3.1元', -310],
    ['1.234', null],
    ['12,00', null],
    ['', null],
    ['9'.repeat(17), null],
  ];
  for (const [text, fen] of table) it(`"${text}" is ${fen} fen`, () => assert.equal(parseYuan(text), fen));
  it('is written so that it is read again', () =>
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (fen) => assert.equal(parseYuan(formatYuan(fen)), fen)),
    ));
});

const account = (kind: Account['kind'], more: Partial<Account> = {}): Account => ({
  ...{ id: newId(), kind, names, currency: 'CNY', ...shapeOf(kind), fund_id: null, project_id: null, category: null },
  ...{ holder_id: null, restriction: {}, closed_at: null, moved_at: null },
  ...{ debits_posted_fen: 0, credits_posted_fen: 0, debits_pending_fen: 0, credits_pending_fen: 0, ...more },
});

describe('what a giver allowed', () => {
  const [lift, garden] = [newId(), newId()];
  const other_line = account('budget_line', { fund_id: newId(), category: 'elders' });
  const to = (kind: Account['kind'], more: Partial<Account> = {}) => account(kind, more);
  const table: [
    what: string,
    restriction: Account['restriction'],
    into: Account,
    category: string | null,
    ok: boolean,
  ][] = [
    ['anything, when nothing is named', {}, to('expense'), null, true],
    ['a project that is named', { projects: [lift] }, to('budget_line', { project_id: lift }), null, true],
    ['a line of another fund', { categories: ['elders'] }, other_line, null, false],
    ['another project', { projects: [lift] }, to('budget_line', { project_id: garden }), null, false],
    ['no project at all', { projects: [lift] }, to('bank'), null, false],
    ['a category that is named', { categories: ['elders'] }, to('bank'), 'elders', true],
    ['the category of a line', { categories: ['elders'] }, to('budget_line', { category: 'elders' }), null, true],
    ['another category', { categories: ['elders'] }, to('bank'), 'children', false],
    [
      'both, where both are named',
      { projects: [lift], categories: ['elders'] },
      to('budget_line', { project_id: lift, category: 'children' }),
      null,
      false,
    ],
    ['giving it back', { projects: [lift] }, to('income'), null, true],
  ];
  for (const [what, restriction, into, category, ok] of table)
    it(`${ok ? 'takes' : 'refuses'} ${what}`, () => {
      const fund = account('fund', { restriction, credits_posted_fen: 100 });
      if (into.kind === 'budget_line' && into !== other_line) into.fund_id = fund.id;
      if (into.side === 'debit' && into.is_bounded) into.debits_posted_fen = 100;
      const moved = move(fund, into, { flow: 'posted', amount_fen: 10, category });
      assert.equal('objection' in moved ? moved.objection : null, ok ? null : 'restriction_broken');
    });
});

it('whatever moves, bounded accounts stay at or above nothing and a refusal changes nothing', () => {
  const step = fc.record({
    from: fc.nat(4),
    to: fc.nat(4),
    amount_fen: fc.integer({ min: 1, max: 50 }),
    flow: fc.constantFrom<Flow>('posted', 'pending', 'post', 'void'),
    part: fc.double({ min: 0.1, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const accounts = [
        account('bank'),
        account('fund'),
        account('budget_line'),
        account('advance'),
        account('income'),
      ];
      const held: { debit: Account; credit: Account; amount: number }[] = [];
      for (const { from, to, amount_fen, flow, part } of steps) {
        if (from === to) continue;
        const before = structuredClone(accounts.map((one) => [one.debits_posted_fen, one.credits_posted_fen]));
        let moved: ReturnType<typeof move>;
        if (flow === 'post' || flow === 'void') {
          const pending = held.shift();
          if (!pending) continue;
          const amount = flow === 'void' ? pending.amount : Math.max(1, Math.floor(pending.amount * part));
          moved = move(pending.debit, pending.credit, { flow, amount_fen: amount, pending_fen: pending.amount });
          assert.ok(!('objection' in moved), 'what was held back can always be resolved');
        } else {
          const [debit, credit] = [accounts[to]!, accounts[from]!];
          moved = move(debit, credit, { flow, amount_fen });
          if (flow === 'pending' && !('objection' in moved)) held.push({ debit, credit, amount: amount_fen });
        }
        for (const one of accounts) if (one.is_bounded) assert.ok(availableOf(one) >= 0 && balanceOf(one) >= 0);
        if ('objection' in moved)
          assert.deepEqual(
            accounts.map((one) => [one.debits_posted_fen, one.credits_posted_fen]),
            before,
          );
      }
      const sum = (pick: (one: Account) => number) => accounts.reduce((total, one) => total + pick(one), 0);
      assert.equal(
        sum((one) => one.debits_posted_fen),
        sum((one) => one.credits_posted_fen),
      );
      assert.equal(
        sum((one) => one.debits_pending_fen),
        sum((one) => one.credits_pending_fen),
      );
    }),
  );
});
