import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { visitor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { as, type Books, makeBooks, RECEIPT, refusalsOf } from '#tests/books.ts';
import * as funds from './index.ts';
import { approvalsNeeded, isPartyTo } from './spending.ts';

let books: Books;
before(async () => {
  books = await makeBooks();
});
after(() => books.close());

describe('a donation', () => {
  it('of money moves into its fund, gets a receipt and is thanked', async () => {
    const fund = await books.open('fund');
    const { id, number } = await books.give(fund, 10_000, { person_id: books.people.resident.id, donor_name: '李明' });
    assert.match(number, /^2026-\d{6}$/);
    assert.equal(await books.closing(fund), 10_000);
    assert.equal((await books.see(books.people.resident, funds.show_receipt, { id })).number, number);
    await assert.rejects(books.see(books.people.neighbour, funds.show_receipt, { id }), { code: 'not_found' });
    const told = await books.db
      .selectFrom('notices')
      .select('template')
      .where('person_id', '=', books.people.resident.id)
      .execute();
    assert.deepEqual(told, [{ template: 'donation_thanks' }]);
  });

  it('of goods or hours moves no money and needs its own measure', async () => {
    const gift = (more: object) => books.act(books.treasurer, funds.record_donation, { donor_name: '丁一', ...more });
    await gift({ kind: 'goods', description: '十把椅子' });
    await gift({ kind: 'hours', hours: 2.5 });
    await assert.rejects(gift({ kind: 'goods' }), { code: 'required' });
    await assert.rejects(gift({ kind: 'hours', hours: 1, amount_fen: 5 }), { code: 'not_for_this_kind' });
    await assert.rejects(books.give(books.bank, 5), { code: 'account_unknown' });
  });

  it('hides the name of who asked, in public and not in the books', async () => {
    const fund = await books.open('fund');
    await books.give(fund, 700, { donor_name: '鬯敏慧', is_hidden: true });
    const shown = JSON.stringify([
      await books.see(visitor, funds.show_ledger, {}),
      await books.see(visitor, funds.show_statement, { account_id: fund }),
    ]);
    assert.ok(!shown.includes('鬯敏慧'));
    assert.ok(JSON.stringify(await books.see(books.treasurer, funds.show_desk, {})).includes('鬯敏慧'));
  });

  it('raced by forty leaves receipt numbers without gaps, refused ones among them', async () => {
    const [open_fund, closed] = [await books.open('fund'), newId()];
    await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) => books.give(i % 4 === 0 ? closed : open_fund, 100 + i)),
    );
    const rows = await books.db.selectFrom('donations').select('receipt_number').orderBy('receipt_number').execute();
    assert.deepEqual(
      rows.map((row) => row.receipt_number),
      rows.map((_, i) => i + 1),
    );
    assert.ok(rows.length >= 30);
  });
});

describe('who decides', () => {
  const table: [amount: number, settings: object, needed: number][] = [
    [500_000, {}, 1],
    [500_001, {}, 2],
    [100, { two_approvals_above_fen: 50 }, 2],
    [600_000, { two_approvals_above_fen: 'x' }, 2],
  ];
  for (const [amount, settings, needed] of table)
    it(`${amount} with ${JSON.stringify(settings)} needs ${needed}`, () =>
      assert.equal(approvalsNeeded(amount, settings as Record<string, unknown>), needed));
  it('is neither who asked nor who is paid', () => {
    assert.ok(isPartyTo({ requested_by_id: 'a', payee_id: 'b' }, ['b']));
    assert.ok(isPartyTo({ requested_by_id: 'a', payee_id: null }, ['a']));
    assert.ok(!isPartyTo({ requested_by_id: 'a', payee_id: null }, ['c']));
  });
});

describe('a spending', () => {
  it('moves nothing until another approves, and says no with a reason', async () => {
    const { desk, secretary } = books.people;
    const fund = await books.endowed(1_000);
    const { id } = await books.askFor(fund, 400);
    assert.equal(await books.closing(fund), 1_000);
    await assert.rejects(books.act(desk, funds.approve_spending, { id }), { code: 'not_found' });
    await assert.rejects(books.act(as(desk, 'treasurer'), funds.approve_spending, { id }), { code: 'own_spending' });
    assert.equal((await books.act(secretary, funds.approve_spending, { id })).state, 'posted');
    assert.equal(await books.closing(fund), 600);
    await assert.rejects(books.act(books.treasurer, funds.approve_spending, { id }), { code: 'spending_decided' });
    const other = await books.askFor(fund, 100);
    await books.act(secretary, funds.refuse_spending, { id: other.id, reason: '票据不清' });
    await assert.rejects(books.act(books.treasurer, funds.approve_spending, other), { code: 'spending_decided' });
  });

  it('needs a photographed receipt, and not one of somebody else', async () => {
    const fund = await books.endowed(1_000);
    await assert.rejects(books.askFor(fund, 1, { file_hashes: [] }), { code: 'receipt_photo_needed' });
    await assert.rejects(books.askFor(fund, 1, { file_hashes: ['b'.repeat(64)] }), { code: 'photo_unknown' });
    assert.equal(await books.see(books.treasurer, funds.may_see_receipt_photo, { hash: 'b'.repeat(64) }), false);
    await books.askFor(fund, 1);
    const byAnother = { debit_account_id: fund, credit_account_id: books.bank, amount_fen: 1, purpose: '买茶' };
    const another = () =>
      books.act(books.treasurer, funds.request_spending, {
        ...{ ...byAnother, category: 'meetings', payee_name: '茶店', file_hashes: [RECEIPT] },
      });
    await assert.rejects(another(), { code: 'photo_unknown' });
    await books.photograph(RECEIPT, books.treasurer);
    await another();
    assert.equal(await books.see(books.treasurer, funds.may_see_receipt_photo, { hash: RECEIPT }), true);
    assert.equal(await books.see(books.people.neighbour, funds.may_see_receipt_photo, { hash: RECEIPT }), false);
  });

  it('above the limit needs two people, each once, however they race', async () => {
    const fund = await books.endowed(900_000);
    const { id, approvals_needed } = await books.askFor(fund, 600_000);
    assert.equal(approvals_needed, 2);
    const approvers = [
      books.treasurer,
      books.treasurer,
      books.treasurer,
      books.people.secretary,
      books.people.secretary,
    ];
    const tries = await Promise.allSettled(approvers.map((actor) => books.act(actor, funds.approve_spending, { id })));
    assert.equal(tries.filter((one) => one.status === 'fulfilled').length, 2);
    for (const code of refusalsOf(tries)) assert.ok(['there_already', 'spending_decided'].includes(code), code);
    assert.equal(await books.closing(fund), 300_000);
  });

  it('takes the last fen once, and the refused approval leaves no trace', async () => {
    const fund = await books.endowed(100);
    const asked = await Promise.all(Array.from({ length: 6 }, () => books.askFor(fund, 100)));
    const tries = await Promise.allSettled(
      asked.map(({ id }) => books.act(books.people.secretary, funds.approve_spending, { id })),
    );
    assert.deepEqual(refusalsOf(tries), Array(5).fill('balance_exceeded'));
    assert.equal(await books.closing(fund), 0);
    const { waiting } = await books.see(books.treasurer, funds.show_desk, {});
    const left = waiting.filter((one) => one.debit_account_id === fund);
    assert.deepEqual(
      left.map((one) => one.approver_ids.length),
      [0, 0, 0, 0, 0],
    );
    assert.deepEqual(await books.wrongSums(), []);
  });

  it('advances money, settles it with receipts and takes the rest back', async () => {
    const fund = await books.endowed(5_000);
    const holder_id = books.people.handler.id;
    const hand = await books.open('advance', { holder_id });
    const advance = await books.askFor(hand, 3_000, { kind: 'advance', file_hashes: [] });
    const holder = as(books.people.handler, 'treasurer');
    await assert.rejects(books.act(holder, funds.approve_spending, { id: advance.id }), { code: 'own_spending' });
    await books.act(books.people.secretary, funds.approve_spending, { id: advance.id });
    const paid = await books.askFor(fund, 2_200, { kind: 'settlement', credit_account_id: hand });
    await assert.rejects(books.act(holder, funds.approve_spending, { id: paid.id }), { code: 'own_spending' });
    await books.act(books.people.secretary, funds.approve_spending, { id: paid.id });
    await books.act(books.treasurer, funds.post_transfers, {
      transfers: [{ kind: 'return', debit_account_id: books.bank, credit_account_id: hand, amount_fen: 800 }],
    });
    assert.deepEqual([await books.closing(fund), await books.closing(hand)], [2_800, 0]);
    await assert.rejects(books.askFor(fund, 1, { kind: 'advance' }), { code: 'sides_do_not_fit' });
  });
});

describe('the witness', () => {
  it('finds nothing after all of this, a reversed spending among it, and that is no longer spent', async () => {
    const fund = await books.endowed(1_000);
    const { id } = await books.askFor(fund, 400);
    await books.act(books.people.secretary, funds.approve_spending, { id });
    const [line] = (await books.see(books.treasurer, funds.show_statement, { account_id: fund })).lines;
    await books.act(books.treasurer, funds.reverse_transfer, { transfer_id: line!.id, reason: '付错了' });
    const { spent, spendings } = await books.see(visitor, funds.show_ledger, {});
    assert.deepEqual(
      spent.filter((part) => part.fund_id === fund),
      [],
    );
    assert.equal(spendings.find((one) => one.id === id)?.is_reversed, true);
    assert.deepEqual(await books.witness(), []);
  });
});

describe('what one person alone may move', () => {
  it('out of the bank stays within the limit, in one go and in parts', async () => {
    const fund = await books.endowed(900_000);
    const out = (...amounts: number[]) =>
      books.act(books.treasurer, funds.post_transfers, {
        transfers: amounts.map((amount_fen) => ({
          ...{ kind: 'refund', debit_account_id: fund, credit_account_id: books.bank, amount_fen },
        })),
      });
    await assert.rejects(out(500_001), { code: 'approval_needed' });
    await assert.rejects(out(300_000, 300_000), { code: 'approval_needed' });
    await out(400_000);
    await assert.rejects(books.askFor(fund, 1, { category: 'yachts' }), { code: 'spending_category_unknown' });
  });
});

describe('a statement', () => {
  it('has every line once over its pages, and the balances of its period', async () => {
    const fund = await books.open('fund');
    for (let i = 1; i <= 7; i++) await books.give(fund, i);
    const seen: number[] = [];
    let before: unknown;
    do {
      const page = await books.see(visitor, funds.show_statement, { account_id: fund, limit: 3, before });
      assert.equal(page.closing_fen, 28);
      seen.push(...page.lines.map((line) => line.amount_fen));
      before = page.next ?? undefined;
    } while (before);
    assert.deepEqual(seen, [7, 6, 5, 4, 3, 2, 1]);
    const past = await books.see(visitor, funds.show_statement, { account_id: fund, until: '2020-01-01' });
    assert.deepEqual([past.lines.length, past.closing_fen], [0, 0]);
    await assert.rejects(books.see(visitor, funds.show_statement, { account_id: books.bank }), { code: 'not_found' });
  });

  it('of what went through a budget shows its sums by fund and category', async () => {
    const fund = await books.endowed(1_000);
    const line = await books.open('budget_line', { fund_id: fund, category: 'meetings' });
    await books.act(books.treasurer, funds.post_transfers, {
      transfers: [{ kind: 'allocation', debit_account_id: fund, credit_account_id: line, amount_fen: 600 }],
    });
    const { id } = await books.askFor(line, 250);
    await books.act(books.people.secretary, funds.approve_spending, { id });
    const { funds: shown, spent } = await books.see(visitor, funds.show_ledger, {});
    const one = shown.find((each) => each.id === fund)!;
    assert.deepEqual([one.received_fen, one.promised_fen, one.balance_fen], [1_000, 350, 750]);
    assert.deepEqual(
      spent.filter((part) => part.fund_id === fund).map((part) => [part.account_id, part.category, part.amount_fen]),
      [[line, 'meetings', 250]],
    );
  });
});
