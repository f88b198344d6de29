import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { type Books, makeBooks, refusalsOf } from '#tests/books.ts';
import { type Candidate, nameLikeness, proposeMatches } from './bank_match.ts';
import * as funds from './index.ts';

const BILL = 'b'.repeat(64);
let books: Books;
let fund: string;
const show = (account_id: string, state = 'open', actor = books.treasurer) =>
  books.see(actor, funds.show_reconciliation, { account_id, state });
const linesOf = async (account_id: string, state = 'open') => {
  const shown = await show(account_id, state);
  return shown.account ? shown.lines : assert.fail('there is a bank account');
};
type Row = { day: string; amount: string; name?: string; reference?: string; note?: string; balance?: string };
const bring = (account_id: string, rows: Row[]) =>
  books.act(books.treasurer, funds.import_bank_statement, {
    ...{ account_id, format: 'signed', file_sha256: 'f'.repeat(64) },
    rows: rows.map((row, i) => ({ line: i + 2, ...row })),
  });

before(async () => {
  books = await makeBooks();
  fund = await books.open('fund');
  await books.photograph(BILL, books.treasurer);
});
after(() => books.close());

describe('names are alike', () => {
  const table: [one: string, other: string, at_least: number, at_most: number][] = [
    ['王明', '王明', 1, 1],
    ['王*明', '王小明', 0.8, 0.8],
    ['王*明', '李小明', 0, 0],
    ['**', '王明', 0, 0],
    ['合肥市蜀山区五金店', '蜀山区五金店', 0.7, 0.9],
    ['Ann Smith', 'ann  smith', 1, 1],
    ['', '王明', 0, 0],
    ['李四', '王五', 0, 0],
  ];
  for (const [one, other, least, most] of table)
    it(`${one} and ${other}`, () => {
      const likeness = nameLikeness(one, other);
      assert.ok(likeness >= least && likeness <= most, String(likeness));
      assert.equal(likeness, nameLikeness(other, one));
    });
});

describe('what a line may be', () => {
  const line = { booked_on: '2026-03-01', amount_fen: 500, name: '王明', reference: '收据2026-000017', note: '' };
  const of = (transfer_id: string, more: Partial<Candidate>): Candidate => ({
    ...{ transfer_id, amount_fen: 500, effective_on: '2026-03-01', name: null, words: [], was_asked_from_line: false },
    ...more,
  });
  const table: [what: string, candidates: Candidate[], order: string[][]][] = [
    ['never another amount', [of('a', { amount_fen: 501, name: '王明' })], []],
    ['never what went the other way', [of('a', { amount_fen: -500 })], []],
    ['never long before', [of('a', { effective_on: '2026-02-01' })], []],
    ['the nearer day first', [of('a', { effective_on: '2026-02-25' }), of('b', {})], [['b'], ['a']]],
    ['the like name first', [of('a', { name: '李四' }), of('b', { name: '王*' })], [['b'], ['a']]],
    [
      'what its reference names first',
      [of('a', { name: '王明' }), of('b', { words: ['2026-000017'] })],
      [['b'], ['a']],
    ],
    [
      'what was asked for from it, however late',
      [of('a', { effective_on: '2026-05-01', was_asked_from_line: true })],
      [['a']],
    ],
    ['a day’s gifts together', [of('a', { amount_fen: 200 }), of('b', { amount_fen: 300 })], [['a', 'b']]],
  ];
  for (const [what, candidates, order] of table)
    it(`is ${what}`, () =>
      assert.deepEqual(
        proposeMatches(line, candidates).map((one) => one.transfer_ids),
        order,
      ));
});

describe('a bank statement', () => {
  it('comes in whole or not at all, each wrong row told', async () => {
    const bank = await books.open('bank');
    const rows = [
      { day: '2026-03-01', amount: '5' },
      { day: '2026-13-01', amount: '5' },
      { day: '2026-03-02', amount: 'x' },
      { day: '2027-01-01', amount: '1' },
    ];
    const refusal = await bring(bank, rows).catch((error) => error);
    assert.deepEqual(
      [refusal, ...refusal.also].map((one) => [one.code, one.where.line, one.where.field]),
      [
        ['bank_day_wrong', 3, 'day'],
        ['bank_amount_wrong', 4, 'amount'],
        ['bank_day_ahead', 5, 'day'],
      ],
    );
    assert.deepEqual(await linesOf(bank), []);
    await assert.rejects(bring(fund, [rows[0]!]), { code: 'account_unknown' });
    await assert.rejects(books.act(books.people.desk, funds.import_bank_statement, {}));
  });

  it('may overlap another: known lines are known, two of a kind are two, at once too', async () => {
    const bank = await books.open('bank');
    const same = { day: '2026-03-01', amount: '5', name: '王明' };
    assert.deepEqual([(await bring(bank, [same])).accepted, (await bring(bank, [same])).accepted], [1, 0]);
    const { accepted, known_already } = await bring(bank, [same, same, { ...same, note: '又一笔' }]);
    assert.deepEqual([accepted, known_already], [2, 1]);
    const other = await books.open('bank');
    const many = Array.from({ length: 30 }, (_, i) => ({ day: '2026-02-01', amount: `${i + 1}` }));
    const all = await Promise.all(Array.from({ length: 6 }, () => bring(other, many)));
    assert.equal(
      all.reduce((sum, one) => sum + one.accepted, 0),
      30,
    );
  });
});

describe('reconciliation', () => {
  it('proposes with reasons, a person confirms, and takes it back', async () => {
    const bank = await books.open('bank');
    const gift = { kind: 'money', fund_id: fund, bank_account_id: bank, received_on: '2026-03-02' };
    await books.act(books.treasurer, funds.record_donation, { ...gift, donor_name: '王小明', amount_fen: 5_000 });
    await books.act(books.treasurer, funds.record_donation, { ...gift, donor_name: '李四', amount_fen: 5_000 });
    await bring(bank, [{ day: '2026-03-02', amount: '50', name: '王*明', balance: '100.00' }]);
    const [line] = await linesOf(bank);
    assert.equal(line!.proposals.length, 2);
    assert.deepEqual(
      line!.proposals[0]!.reasons.map((one) => one.code),
      ['same_amount', 'days_apart', 'name_like'],
    );
    const { transfer_ids } = line!.proposals[0]!;
    await books.act(books.treasurer, funds.match_bank_line, { line_id: line!.id, transfer_ids });
    assert.deepEqual(
      (await linesOf(bank, 'matched'))[0]!.matched.map((one) => one.transfer_id),
      transfer_ids,
    );
    await assert.rejects(books.act(books.treasurer, funds.leave_bank_line, { line_id: line!.id, reason: 'x' }), {
      code: 'bank_line_settled',
    });
    await books.act(books.treasurer, funds.reopen_bank_line, { line_id: line!.id });
    assert.equal((await linesOf(bank))[0]!.proposals.length, 2);
    const shown = await show(bank);
    assert.deepEqual(
      shown.account && [shown.standing.bank_fen, shown.standing.books_fen, shown.only_in_books.length],
      [10_000, 10_000, 2],
    );
  });

  it('raced over one transfer and over one line gives one match', async () => {
    const bank = await books.open('bank');
    await books.act(books.treasurer, funds.record_donation, {
      ...{ kind: 'money', fund_id: fund, bank_account_id: bank, donor_name: '丁一', amount_fen: 700 },
    });
    const lines = Array.from({ length: 4 }, (_, i) => ({ day: '2026-03-03', amount: '7', note: `${i}` }));
    await bring(bank, lines);
    const shown = await linesOf(bank);
    const { transfer_ids } = shown[0]!.proposals[0]!;
    const tries = await Promise.allSettled(
      [...shown, ...shown].map((line) =>
        books.act(books.treasurer, funds.match_bank_line, { line_id: line.id, transfer_ids }),
      ),
    );
    assert.equal(refusalsOf(tries).length, 7);
    for (const code of refusalsOf(tries))
      assert.ok(['there_already', 'transfer_matched', 'bank_line_settled'].includes(code), code);
    assert.equal((await linesOf(bank, 'matched')).length, 1);
  });

  it('refuses transfers of another amount or account', async () => {
    const [bank, other] = [await books.open('bank'), await books.open('bank')];
    await books.act(books.treasurer, funds.record_donation, {
      ...{ kind: 'money', fund_id: fund, bank_account_id: other, donor_name: '丁一', amount_fen: 700 },
    });
    await bring(other, [{ day: '2026-03-03', amount: '7' }]);
    await bring(bank, [
      { day: '2026-03-03', amount: '7' },
      { day: '2026-03-03', amount: '8' },
    ]);
    const { transfer_ids } = (await linesOf(other))[0]!.proposals[0]!;
    for (const line of await linesOf(bank))
      await assert.rejects(books.act(books.treasurer, funds.match_bank_line, { line_id: line.id, transfer_ids }), {
        code: 'transfer_matched',
      });
    await bring(other, [{ day: '2026-03-03', amount: '9' }]);
    const nine = (await linesOf(other)).find((one) => one.amount_fen === 900)!;
    await assert.rejects(books.act(books.treasurer, funds.match_bank_line, { line_id: nine.id, transfer_ids }), {
      code: 'amounts_differ',
    });
    await assert.rejects(books.act(books.treasurer, funds.match_bank_line, { line_id: newId(), transfer_ids }), {
      code: 'not_found',
    });
  });

  it('makes a gift, a spending, interest and a fee of lines in one step', async () => {
    const bank = await books.open('bank');
    await bring(bank, [
      { day: '2026-03-01', amount: '1000', name: '赵六' },
      { day: '2026-03-01', amount: '1.5', note: '利息' },
      { day: '2026-03-02', amount: '-0.5', note: '手续费' },
      { day: '2026-03-02', amount: '-30', name: '五金店', note: '买灯' },
      { day: '2026-03-02', amount: '-3', note: '别人的' },
    ]);
    const lines = new Map((await linesOf(bank)).map((line) => [line.amount_fen, line.id]));
    const given = await books.act(books.treasurer, funds.give_from_bank_line, {
      line_id: lines.get(100_000),
      fund_id: fund,
    });
    assert.match(given.number, /^2026-/);
    await books.act(books.treasurer, funds.charge_from_bank_line, { line_id: lines.get(150), fund_id: fund });
    await books.act(books.treasurer, funds.charge_from_bank_line, { line_id: lines.get(-50), fund_id: fund });
    await assert.rejects(
      books.act(books.treasurer, funds.give_from_bank_line, { line_id: lines.get(-3_000), fund_id: fund }),
      {
        code: 'bank_line_went_out',
      },
    );
    const asked = { line_id: lines.get(-3_000), debit_account_id: fund, category: 'meetings', file_hashes: [BILL] };
    const spending = await books.act(books.treasurer, funds.spend_from_bank_line, asked);
    await assert.rejects(books.act(books.treasurer, funds.spend_from_bank_line, asked), { code: 'bank_line_asked' });
    await books.act(books.people.secretary, funds.approve_spending, { id: spending.id });
    const line = (await linesOf(bank)).find((one) => one.amount_fen === -3_000)!;
    assert.ok(line.proposals[0]!.reasons.some((one) => one.code === 'asked_from_line'));
    await books.act(books.treasurer, funds.match_bank_line, {
      line_id: line.id,
      transfer_ids: line.proposals[0]!.transfer_ids,
    });
    await books.act(books.treasurer, funds.leave_bank_line, { line_id: lines.get(-300), reason: '不是我们的' });
    assert.deepEqual([(await linesOf(bank)).length, (await linesOf(bank, 'matched')).length], [0, 4]);
    assert.deepEqual(await books.witness(), []);
  });

  it('is for whoever keeps the books', async () => {
    for (const actor of [books.people.resident, books.people.desk, books.people.secretary])
      await assert.rejects(show(await books.open('bank'), 'open', actor), { code: 'not_found' });
  });
});
