import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { visitor } from '#platform/actor.ts';
import { type Books, makeBooks, RECEIPT } from '#tests/books.ts';
import * as funds from './index.ts';
import { monthsOf, PERIOD } from './period.ts';
import { shareOf } from './trace.ts';

const TODAY = '2026-03-04';
let books: Books;
let day = TODAY;
let moment = 0;
const give = async (fund_id: string, amount_fen: number, more: object = {}) =>
  (await books.give(fund_id, amount_fen, more)).id;
const partsOf = async (gift: string) => {
  const { trace } = await books.see(visitor, funds.show_gift, { id: gift });
  return [...trace!.parts.map((part) => [part.spending?.id, part.share_fen]), trace!.left_fen];
};
const giversOf = async (spending: string) => {
  const { trace } = await books.see(visitor, funds.show_spending, { id: spending });
  return [...trace!.parts.map((part) => [part.gift?.id, part.share_fen]), trace!.left_fen];
};

before(async () => {
  // Each act a minute after the one before.
  books = await makeBooks({ clock: () => new Date(Date.parse(`${day}T02:00:00Z`) + moment++ * 60_000) });
});
after(() => books.close());

describe('a fen', () => {
  it('is followed from gift to receipt and back, first in first out, through a budget line', async () => {
    const fund = await books.open('fund');
    const [first, second] = [await give(fund, 100), await give(fund, 200)];
    const tea = await books.spend(fund, 70);
    const line = await books.open('budget_line', { fund_id: fund, project_id: books.town.organisation });
    await books.act(books.treasurer, funds.post_transfers, {
      transfers: [{ kind: 'allocation', debit_account_id: fund, credit_account_id: line, amount_fen: 150 }],
    });
    const [chairs, lamps] = [await books.spend(line, 40), await books.spend(line, 60)];
    assert.deepEqual(await partsOf(first), [[tea, 70], [chairs, 30], 0]);
    // Ten for the rest of the chairs, sixty for lamps; the line still has fifty and the fund eighty.
    assert.deepEqual(await partsOf(second), [[chairs, 10], [lamps, 60], 130]);
    assert.deepEqual(await giversOf(tea), [[first, 70], 0]);
    assert.deepEqual(await giversOf(chairs), [[first, 30], [second, 10], 0]);
    assert.deepEqual(await giversOf(lamps), [[second, 60], 0]);
    const { trace } = await books.see(visitor, funds.show_gift, { id: first });
    assert.deepEqual(trace!.parts[1]!.through, { 'zh-CN': 'budget_line', en: 'budget_line' });
  });

  it('is shared without one lost, however stretches overlap', () => {
    const passages = [3, 5, 2].map((amount_fen, i, all) => ({
      amount_fen,
      upto_fen: all.slice(0, i + 1).reduce((sum, one) => sum + one, 0),
    }));
    for (let from = 0; from < 10; from++)
      for (let until = from + 1; until <= 10; until++) {
        const met = passages.filter((one) => one.upto_fen > from && one.upto_fen - one.amount_fen < until);
        const shares = met.map((one) => shareOf(one, { from_fen: from, until_fen: until }));
        assert.equal(
          shares.reduce((sum, one) => sum + one.share_fen, 0),
          until - from,
        );
        assert.ok(shares.every((one, i) => one.share_fen > 0 && one.inner_fen + one.share_fen <= met[i]!.amount_fen));
      }
  });
});

describe('a period', () => {
  it('is a year or a month, by the clock of the place', () => {
    assert.deepEqual(monthsOf('2025'), { from: '2025-01-01', until: '2026-01-01' });
    assert.deepEqual(monthsOf('2025-12'), { from: '2025-12-01', until: '2026-01-01' });
    for (const wrong of ['25', '2025-13', '2025-00', '2025-1', "2025'--", '3025'])
      assert.ok(!PERIOD.test(wrong), wrong);
  });

  it('adds up: what was there, what came, what went, what is left', async () => {
    // A bank account that nothing has moved in yet: an account's rows never go back in time.
    const bank = await books.open('bank');
    const fund = await books.open('fund');
    const on = (then: string) => {
      day = then;
    };
    const [into, out_of] = [{ bank_account_id: bank }, { credit_account_id: bank }];
    on('2025-11-05');
    await give(fund, 1_000, into);
    on('2025-12-05');
    await books.spend(fund, 300, out_of);
    on('2026-01-05');
    await give(fund, 500, into);
    on('2026-01-20');
    const wrong = await books.spend(fund, 200, out_of);
    const { transfer_id } = await books.see(visitor, funds.show_spending, { id: wrong });
    on('2026-02-10');
    await books.act(books.treasurer, funds.reverse_transfer, { transfer_id, reason: '付错了' });
    on(TODAY);
    const of = async (period?: string) => {
      const one = (await books.see(visitor, funds.show_ledger, { period })).funds.find((each) => each.id === fund)!;
      return [one.opening_fen, one.received_fen, one.spent_fen, one.balance_fen, one.receipt_count];
    };
    assert.deepEqual(await of('2025'), [0, 1_000, 300, 700, 1]);
    assert.deepEqual(await of('2025-12'), [1_000, 0, 300, 700, 1]);
    assert.deepEqual(await of('2026-01'), [700, 500, 200, 1_000, 1]);
    assert.deepEqual(await of('2026-02'), [1_000, 0, -200, 1_200, -1]);
    assert.deepEqual(await of(), [0, 1_500, 300, 1_200, 1]);
  });
});

describe('what is not for everybody', () => {
  it('is neither a transfer between banks, nor a spending that waits, nor a name that was hidden', async () => {
    const fund = await books.open('fund');
    const other = await books.open('bank');
    await give(fund, 1_000);
    const { ids } = await books.act(books.treasurer, funds.post_transfers, {
      transfers: [{ kind: 'allocation', debit_account_id: other, credit_account_id: books.bank, amount_fen: 5 }],
    });
    await assert.rejects(books.see(visitor, funds.show_transfer, { id: ids[0] }), { code: 'not_found' });
    await assert.rejects(books.see(visitor, funds.show_balance, { account_id: books.bank, at: new Date() }), {
      code: 'not_found',
    });
    assert.equal((await books.see(books.treasurer, funds.show_transfer, { id: ids[0] })).amount_fen, 5);
    const hidden = await give(fund, 10, { is_hidden: true, donor_name: '不留名' });
    const shown = await books.see(visitor, funds.show_gift, { id: hidden });
    assert.equal(shown.donor_name, null);
    assert.ok(!('donor_id' in shown));
    const waiting = await books.act(books.people.desk, funds.request_spending, {
      ...{
        debit_account_id: fund,
        credit_account_id: books.bank,
        amount_fen: 5,
        purpose: '买茶',
        category: 'meetings',
      },
      ...{ payee_name: '邻居', file_hashes: [RECEIPT] },
    });
    await assert.rejects(books.see(visitor, funds.show_spending, waiting), { code: 'not_found' });
    assert.equal((await books.see(books.people.desk, funds.show_spending, waiting)).inside?.payee_name, '邻居');
  });

  it('is a name shown or hidden by whoever gave, for all they gave', async () => {
    const { resident, neighbour } = books.people;
    const fund = await books.open('fund');
    const id = await give(fund, 10, { person_id: resident.id, donor_name: '李明', is_hidden: true });
    await books.act(resident, funds.show_my_name, { is_hidden: false });
    assert.equal((await books.see(visitor, funds.show_gift, { id })).donor_name, '李明');
    assert.equal((await books.see(resident, funds.my_gifts, {})).gifts[0]!.id, id);
    assert.deepEqual((await books.see(neighbour, funds.my_gifts, {})).gifts, []);
    await assert.rejects(books.act(neighbour, funds.show_my_name, { is_hidden: false }), { code: 'not_found' });
  });
});
