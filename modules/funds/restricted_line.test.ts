import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { visitor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { type Books, makeBooks, refusalsOf } from '#tests/books.ts';
import * as funds from './index.ts';
import { isOffered, restrictionOf } from './restricted_line.ts';

let books: Books;
before(async () => {
  books = await makeBooks();
});
after(() => books.close());

describe('what a fund offers to a giver', () => {
  const project = newId();
  const line = { kind: 'budget_line', fund_id: 'f', project_id: null, category: null, closed_at: null } as const;
  const table: [restriction: object, more: object, ok: boolean][] = [
    [{}, { category: 'elders' }, true],
    [{}, { project_id: project }, true],
    [{}, {}, false],
    [{}, { category: 'elders', fund_id: 'g' }, false],
    [{}, { category: 'elders', closed_at: new Date() }, false],
    [{}, { category: 'elders', kind: 'expense' }, false],
    [{ categories: ['elders'] }, { category: 'elders' }, true],
    [{ categories: ['elders'] }, { category: 'children' }, false],
    [{ categories: ['elders'] }, { project_id: project }, false],
    [{ categories: ['elders'] }, { project_id: project, category: 'elders' }, true],
    [{ projects: [project] }, { category: 'elders' }, false],
  ];
  for (const [restriction, more, ok] of table)
    it(`${JSON.stringify(more)} of a fund for ${JSON.stringify(restriction)}: ${ok}`, () =>
      assert.equal(isOffered({ id: 'f', restriction }, { ...line, ...more }), ok));
  it('is what a gift is kept to', () =>
    assert.deepEqual(restrictionOf({ project_id: project, category: 'elders' }), {
      ...{ projects: [project], categories: ['elders'] },
    }));
});

/** A fund with a line for elders that the fund filled with 500, and a gift of 300 for that alone. */
async function givenFor(amount_fen = 300) {
  const fund = await books.endowed(1_000);
  const line = await books.open('budget_line', { fund_id: fund, category: 'elders' });
  const post = (debit_account_id: string, credit_account_id: string, fen: number, more: object = {}) =>
    books.act(books.treasurer, funds.post_transfers, {
      transfers: [{ kind: 'allocation', debit_account_id, credit_account_id, amount_fen: fen, ...more }],
    });
  await post(fund, line, 500, { category: 'elders' });
  const gift = await books.give(fund, amount_fen, { budget_line_id: line, description: '给老人' });
  const { budget_line_id } = await books.see(visitor, funds.show_gift, { id: gift.id });
  return { fund, line, given: budget_line_id!, gift, post };
}

describe('a gift for one thing alone', () => {
  it('lies in a line of its own, and receipt, public page and the donor’s statement say so', async () => {
    const { fund, line, given, gift } = await givenFor();
    assert.notEqual(given, line);
    assert.deepEqual([await books.closing(fund), await books.closing(given)], [500, 300]);
    const { account } = await books.see(visitor, funds.show_statement, { account_id: given });
    assert.deepEqual(account.restriction, { categories: ['elders'] });
    const receipt = await books.see(books.treasurer, funds.show_receipt, { id: gift.id });
    assert.deepEqual([receipt.fund_id, receipt.line_names?.en], [fund, 'budget_line']);
    const period = { donor_id: gift.donor_id, from_on: '2020-01-01', until_on: '2099-01-01' };
    const told = await books.see(books.treasurer, funds.show_donor_statement, period);
    assert.equal(told.gifts.find((one) => one.id === gift.id)?.budget_line_id, given);
    const again = await books.give(fund, 50, { budget_line_id: line });
    const more = await books.give(fund, 7, { budget_line_id: given });
    for (const { id } of [again, more])
      assert.equal((await books.see(visitor, funds.show_gift, { id })).budget_line_id, given, 'one line a use');
    const ledger = await books.see(visitor, funds.show_ledger, {});
    assert.equal(ledger.funds.find((one) => one.id === fund)?.balance_fen, 1_357);
  });

  it('is spent on that and on nothing else, whichever way it is tried', async () => {
    const { fund, line, given, gift, post } = await givenFor();
    const other = await books.open('budget_line', { fund_id: fund, category: 'children' });
    const [other_fund, income] = [await books.open('fund'), await books.open('income')];
    for (const to of [fund, line, other, other_fund, income])
      for (const flow of ['posted', 'pending'])
        for (const category of [null, 'elders'])
          await assert.rejects(post(given, to, 1, { kind: 'return', flow, category }), { code: 'restriction_broken' });
    for (const category of [null, 'children'])
      await assert.rejects(post(given, books.bank, 1, { kind: 'expense', category }), { code: 'restriction_broken' });
    // Whoever asks hears it at once, not whoever is to approve it days later.
    await assert.rejects(books.askFor(given, 100, { category: 'meetings' }), { code: 'restriction_broken' });
    const kept = await books.open('fund', { restriction: { categories: ['elders'] } });
    await assert.rejects(books.askFor(kept, 100, { category: 'children' }), { code: 'restriction_broken' });
    await assert.rejects(post(fund, given, 1, { category: 'elders' }), { code: 'line_of_gifts' });
    await assert.rejects(post(line, given, 1, { category: 'elders' }), { code: 'line_of_gifts' });
    await books.spend(given, 120, { category: 'elders' });
    assert.equal(await books.closing(given), 180);
    const { trace } = await books.see(visitor, funds.show_gift, { id: gift.id });
    assert.deepEqual([trace?.parts.map((one) => one.share_fen), trace?.left_fen], [[120], 180]);
  });

  it('is refused where the fund does not offer it, and of goods', async () => {
    const { line, given } = await givenFor();
    const [other_fund, elders] = [
      await books.open('fund'),
      await books.open('fund', { restriction: { categories: ['children'] } }),
    ];
    const free = await books.open('budget_line', { fund_id: other_fund });
    for (const [fund_id, budget_line_id] of [
      ...[[other_fund, line] as const, [other_fund, free] as const, [other_fund, newId()] as const],
      [elders, await books.open('budget_line', { fund_id: elders, category: 'elders' })] as const,
    ])
      await assert.rejects(books.give(fund_id, 5, { budget_line_id }), { code: 'line_not_offered' });
    const goods = { kind: 'goods', donor_name: '丁一', description: '茶', budget_line_id: given };
    await assert.rejects(books.act(books.treasurer, funds.record_donation, goods), { code: 'not_for_this_kind' });
    const restricted = { fund_id: other_fund, restriction: { categories: ['elders'] } };
    await assert.rejects(books.open('budget_line', restricted), { code: 'restriction_of_fund' });
  });

  it('never comes to lie in a line that was opened as if it were one of gifts', async () => {
    const fund = await books.open('fund');
    const use = { fund_id: fund, category: 'elders' };
    const line = await books.open('budget_line', { ...use, restriction: { projects: [], categories: [] } });
    const { id } = await books.give(fund, 30, { budget_line_id: line });
    assert.notEqual((await books.see(visitor, funds.show_gift, { id })).budget_line_id, line);
    assert.equal(await books.closing(line), 0);
  });

  it('keeps a promise that was made for it, where the fund alone would not', async () => {
    const { fund, line } = await givenFor();
    const made = { donor_name: '钱七', kind: 'money', amount_fen: 40, due_on: '2099-03-20' };
    const wish = { categories: ['elders'] };
    const { id } = await books.act(books.treasurer, funds.make_pledge, { ...made, wish });
    const keep = { id, amount_fen: 40, fund_id: fund, bank_account_id: books.bank };
    await assert.rejects(books.act(books.treasurer, funds.keep_pledge, keep), { code: 'wish_not_honoured' });
    await books.act(books.treasurer, funds.keep_pledge, { ...keep, budget_line_id: line });
  });

  it('raced by twenty first gifts opens one line, which holds them all', async () => {
    const fund = await books.open('fund');
    const line = await books.open('budget_line', { fund_id: fund, category: 'elders' });
    const gifts = await Promise.all(
      Array.from({ length: 20 }, (_, i) => books.give(fund, 10 + i, { budget_line_id: line })),
    );
    const lines = await Promise.all(gifts.map(({ id }) => books.see(visitor, funds.show_gift, { id })));
    const [only, ...others] = new Set(lines.map((one) => one.budget_line_id));
    assert.deepEqual(others, []);
    assert.equal(await books.closing(only!), 390);
  });

  it('raced for its last fen by spendings, returns and the gift’s own reversal is spent once, and never elsewhere', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { fund, given, gift, post } = await givenFor(100);
      const asked = await Promise.all([1, 2, 3].map(() => books.askFor(given, 100, { category: 'elders' })));
      const { transfer_id } = await books.see(visitor, funds.show_gift, { id: gift.id });
      const tries = await Promise.allSettled([
        ...asked.map(({ id }) => books.act(books.people.secretary, funds.approve_spending, { id })),
        post(given, books.bank, 100, { kind: 'expense', category: 'elders' }),
        post(given, fund, 100, { kind: 'return', category: 'elders' }),
        books.act(books.treasurer, funds.reverse_transfer, { transfer_id, reason: '写错了人' }),
      ]);
      const codes = refusalsOf(tries);
      assert.deepEqual(
        [tries.length - codes.length, codes.filter((one) => one === 'restriction_broken').length],
        [1, 1],
        codes.join(),
      );
      assert.deepEqual([await books.closing(given), await books.closing(fund)], [0, 500]);
    }
    assert.deepEqual(await books.wrongSums(), []);
  });
});

it('after all of this the books and what was logged agree', async () => {
  assert.deepEqual(await books.witness(), []);
  const { community, owner_url } = books.town;
  const changed = await withClient(owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [community.id]);
    return client.query(`update donations set budget_line_id = null where id = (select id from donations
      where budget_line_id is not null limit 1) returning id`);
  });
  const findings = (await books.witness()).map(({ table, id }) => ({ table, id }));
  assert.deepEqual(findings, [{ table: 'donations', id: changed.rows[0].id }]);
});
