import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { system, visitor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { type Books, makeBooks, refusalsOf } from '#tests/books.ts';
import { stillOut } from './advance.ts';
import * as funds from './index.ts';
import { stateOfPledge } from './pledge.ts';
import { honours } from './wish.ts';

let books: Books;
let now = new Date('2026-03-04T02:00:00Z');
before(async () => {
  books = await makeBooks({ clock: () => now });
});
after(() => books.close());

describe('what a giver wants', () => {
  const table: [restriction: object, wish: object, ok: boolean][] = [
    [{}, {}, true],
    [{}, { categories: ['elders'] }, false],
    [{ categories: ['elders'] }, { categories: ['elders', 'care'] }, true],
    [{ categories: ['elders', 'culture'] }, { categories: ['elders'] }, false],
    [{ categories: ['elders'] }, { projects: ['p'] }, false],
    [{ categories: ['elders'], projects: ['p'] }, { projects: ['p'] }, true],
  ];
  for (const [restriction, wish, ok] of table)
    it(`${JSON.stringify(wish)} is ${ok ? '' : 'not '}honoured by ${JSON.stringify(restriction)}`, () =>
      assert.equal(honours(restriction, wish), ok));

  it('is kept on every way out of a restricted fund, and a mistaken gift can still be taken back', async () => {
    const fund = await books.open('fund', { restriction: { categories: ['elders'] } });
    const [free, other_fund] = [await books.open('budget_line', { fund_id: fund }), await books.open('fund')];
    const line = await books.open('budget_line', { fund_id: fund, category: 'elders' });
    const wrong = await books.give(fund, 100);
    await books.give(fund, 900);
    const post = (debit_account_id: string, credit_account_id: string, kind = 'allocation', category = 'elders') =>
      books.act(books.treasurer, funds.post_transfers, {
        transfers: [{ kind, debit_account_id, credit_account_id, amount_fen: 100, category }],
      });
    for (const to of [free, other_fund]) await assert.rejects(post(fund, to), { code: 'restriction_broken' });
    await post(fund, line);
    const other_line = await books.open('budget_line', { fund_id: other_fund });
    for (const to of [other_fund, free, other_line])
      await assert.rejects(post(line, to, 'return'), { code: 'restriction_broken' });
    await post(line, fund, 'return');
    const [first] = (await books.see(books.treasurer, funds.show_statement, { account_id: fund })).lines.filter(
      (one) => one.cause_id === wrong.id,
    );
    await books.act(books.treasurer, funds.reverse_transfer, { transfer_id: first!.id, reason: '写错了人' });
    assert.equal(await books.closing(fund), 900);
  });
});

describe('a pledge', () => {
  const promised = { kind: 'money' as const, amount_fen: 100, hours: null, due_on: '2026-03-10', is_lapsed: false };
  const table: [what: object, today: string, state: string][] = [
    [{}, '2026-03-10', 'open'],
    [{}, '2026-03-11', 'overdue'],
    [{ kept_fen: 40, gift_count: 1 }, '2026-03-01', 'part_kept'],
    [{ kept_fen: 40, gift_count: 1 }, '2026-03-11', 'overdue'],
    [{ kept_fen: 100, gift_count: 2 }, '2026-05-01', 'kept'],
    [{ is_lapsed: true, kept_fen: 40, gift_count: 1 }, '2026-05-01', 'lapsed'],
    [{ kind: 'hours', amount_fen: null, hours: 2, kept_hours: 2 }, '2026-03-01', 'kept'],
    [{ kind: 'goods', amount_fen: null, gift_count: 1 }, '2026-03-01', 'part_kept'],
    [{ kind: 'goods', amount_fen: null, gift_count: 1, is_whole: true }, '2026-03-01', 'kept'],
  ];
  for (const [more, today, state] of table)
    it(`${JSON.stringify(more)} on ${today} is ${state}`, () =>
      assert.equal(
        stateOfPledge({ ...promised, kept_fen: 0, kept_hours: 0, gift_count: 0, is_whole: false, ...more }, today),
        state,
      ));

  it('is kept by gifts into a fund that honours it, in parts, and is reminded of once', async () => {
    const { resident } = books.people;
    const made = { person_id: resident.id, donor_name: '李明', kind: 'money', amount_fen: 1_000, due_on: '2026-03-08' };
    const { id } = await books.act(books.treasurer, funds.make_pledge, { ...made, wish: { categories: ['elders'] } });
    await assert.rejects(books.act(books.treasurer, funds.make_pledge, { ...made, due_on: '2026-03-01' }), {
      code: 'day_past',
    });
    await assert.rejects(books.act(books.treasurer, funds.make_pledge, { ...made, hours: 3 }), {
      code: 'pledge_measure_wrong',
    });
    const [any, elders] = [
      await books.open('fund'),
      await books.open('fund', { restriction: { categories: ['elders'] } }),
    ];
    const keep = (fund_id: string, amount_fen: number) =>
      books.act(books.treasurer, funds.keep_pledge, { id, fund_id, bank_account_id: books.bank, amount_fen });
    await assert.rejects(keep(any, 400), { code: 'wish_not_honoured' });
    await books.act(system, funds.remind_of_money, {});
    await books.act(system, funds.remind_of_money, {});
    assert.deepEqual(await books.notices(resident.id), ['pledge_due']);
    await keep(elders, 400);
    const own = async () => (await books.see(resident, funds.list_pledges, {})).pledges[0];
    assert.deepEqual([(await own())?.state, (await own())?.kept_fen], ['part_kept', 400]);
    await keep(elders, 600);
    await assert.rejects(keep(elders, 1), { code: 'pledge_settled' });
    assert.equal((await books.see(resident, funds.list_pledges, { is_settled: true })).pledges[0]?.state, 'kept');
    assert.equal((await books.see(books.people.neighbour, funds.list_pledges, {})).pledges.length, 0);
    await assert.rejects(books.see(visitor, funds.list_pledges, {}), { code: 'not_found' });
    await assert.rejects(books.act(books.people.desk, funds.make_pledge, made), { code: 'not_found' });
  });

  it('is not kept by a gift that was taken back', async () => {
    const made = { donor_name: '钱七', kind: 'money', amount_fen: 500, due_on: '2026-03-20' };
    const { id } = await books.act(books.treasurer, funds.make_pledge, made);
    const fund = await books.open('fund');
    const gift = { id, fund_id: fund, bank_account_id: books.bank, amount_fen: 500 };
    const { donation_id } = await books.act(books.treasurer, funds.keep_pledge, gift);
    const { transfer_id } = await books.see(visitor, funds.show_gift, { id: donation_id });
    await books.act(books.treasurer, funds.reverse_transfer, { transfer_id, reason: '写错了人' });
    const waiting = (await books.see(books.treasurer, funds.list_pledges, {})).pledges.find((one) => one.id === id);
    assert.deepEqual([waiting?.state, waiting?.kept_fen, waiting?.gift_count], ['open', 0, 0]);
    await books.act(books.treasurer, funds.keep_pledge, gift);
  });

  it('is listed a page at a time, the nearest due first', async () => {
    const made = { donor_name: '孙八', kind: 'hours', hours: 1 };
    for (const due_on of ['2026-04-02', '2026-04-01', '2026-04-01'])
      await books.act(books.treasurer, funds.make_pledge, { ...made, due_on });
    const page = (more: object) => books.see(books.treasurer, funds.list_pledges, more);
    const whole = (await page({})).pledges.map((one) => one.id);
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const shown = await page({ before, limit: 2 });
      seen.push(...shown.pledges.map((one) => one.id));
      before = shown.next ?? undefined;
    } while (before);
    assert.ok(whole.length >= 3);
    assert.deepEqual(seen, whole);
  });

  it('raced by gifts and its lapse ends one way, and lapses by itself at last', async () => {
    const made = { donor_name: '王五', kind: 'hours', hours: 2, due_on: '2026-03-05' };
    const { id } = await books.act(books.treasurer, funds.make_pledge, made);
    const tries = await Promise.allSettled([
      books.act(books.treasurer, funds.keep_pledge, { id, hours: 2 }),
      books.act(books.treasurer, funds.lapse_pledge, { id, reason: '搬走了' }),
      books.act(books.treasurer, funds.keep_pledge, { id, hours: 2 }),
    ]);
    assert.deepEqual(refusalsOf(tries), ['pledge_settled', 'pledge_settled']);
    const forgotten = await books.act(books.treasurer, funds.make_pledge, {
      ...made,
      kind: 'goods',
      hours: undefined,
      description: '椅子',
    });
    const back = now;
    now = new Date('2026-07-01T02:00:00Z');
    await books.act(system, funds.remind_of_money, {});
    now = back;
    const settled = (await books.see(books.treasurer, funds.list_pledges, { is_settled: true })).pledges;
    assert.equal(settled.find((one) => one.id === forgotten.id)?.state, 'lapsed');
  });
});

describe('advances', () => {
  const paid = [
    { spending_id: 'a', amount_fen: 100, due_on: '2026-03-01' },
    { spending_id: 'b', amount_fen: 50, due_on: '2026-03-10' },
  ];
  const table: [covered: number, out: [string, number][]][] = [
    [
      0,
      [
        ['a', 100],
        ['b', 50],
      ],
    ],
    [
      40,
      [
        ['a', 60],
        ['b', 50],
      ],
    ],
    [100, [['b', 50]]],
    [149, [['b', 1]]],
    [150, []],
  ];
  for (const [covered, out] of table)
    it(`with ${covered} settled are still out: ${JSON.stringify(out)}`, () =>
      assert.deepEqual(
        stillOut(paid, covered).map((one) => [one.spending_id, one.out_fen]),
        out,
      ));

  it('go out, come back as receipts and as the rest, and are told when overdue', async () => {
    const { handler, secretary, desk } = books.people;
    const fund = await books.open('fund');
    await books.give(fund, 5_000);
    const asked = {
      holder_id: handler.id,
      bank_account_id: books.bank,
      amount_fen: 3_000,
      purpose: '活动',
      category: 'elders',
    };
    const both = await Promise.all(
      [1, 2].map(() => books.act(desk, funds.give_advance, { ...asked, due_on: '2026-03-20' })),
    );
    assert.equal(new Set(both.map((one) => one.account_id)).size, 1, 'one account of one holder');
    const [{ id, account_id }] = both as [(typeof both)[number], unknown];
    await books.act(secretary, funds.approve_spending, { id });
    await books.act(secretary, funds.refuse_spending, { id: both[1]!.id, reason: '一次就够' });
    await books.spend(fund, 2_000, { kind: 'settlement', category: 'elders', credit_account_id: account_id });
    const mine = async () => (await books.see(handler, funds.list_advances, {})).advances[0];
    assert.deepEqual(
      [(await mine())?.balance_fen, (await mine())?.due_on, (await mine())?.is_overdue],
      [1_000, '2026-03-20', false],
    );
    const back = now;
    now = new Date('2026-03-25T02:00:00Z');
    await books.act(system, funds.remind_of_money, {});
    assert.ok((await books.notices(handler.id)).includes('advance_overdue'));
    assert.equal((await books.see(books.treasurer, funds.list_advances, {})).advances[0]?.is_overdue, true);
    await books.act(books.treasurer, funds.return_advance, {
      account_id,
      bank_account_id: books.bank,
      amount_fen: 1_000,
    });
    await assert.rejects(
      books.act(books.treasurer, funds.return_advance, { account_id, bank_account_id: books.bank, amount_fen: 1 }),
      {
        code: 'balance_exceeded',
      },
    );
    assert.deepEqual((await books.see(books.treasurer, funds.list_advances, {})).advances, []);
    now = back;
    await assert.rejects(books.act(desk, funds.give_advance, { ...asked, holder_id: newId() }), {
      code: 'holder_unknown',
    });
  });
});

it('after all of this the books and what was logged agree', async () => {
  assert.deepEqual(await books.witness(), []);
});
