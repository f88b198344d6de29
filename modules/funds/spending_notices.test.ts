import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Actor } from '#platform/actor.ts';
import { my_notices } from '#platform/notices.ts';
import { as, type Books, makeBooks, RECEIPT } from '#tests/books.ts';
import { type Council, makeCouncil } from '#tests/council.ts';
import * as funds from './index.ts';

let books: Books;
let council: Council;
let fund: string;
before(async () => {
  books = await makeBooks();
  council = await makeCouncil(books.town, 1);
  fund = await books.endowed(10_000_000);
});
after(() => books.close());

const wordsTo = async (person: Actor, id: string) =>
  (await books.see({ ...person, roles: [] }, my_notices, {}))
    .filter((one) => one.subject_id === id)
    .map(({ template, kind, vars, read_at }) => ({ template, kind, vars, is_read: read_at !== null }));
const waits = (purpose: string, is_read = false) => [
  { template: 'spending_waits', kind: 'money', vars: { purpose }, is_read },
];

describe('a spending that waits', () => {
  it('is told once to each who may decide, by role or by post, and to nobody else', async () => {
    const { secretary, desk, handler, resident } = books.people;
    const { id } = await books.askFor(fund, 600_000);
    for (const person of [books.treasurer, secretary, council.chair, council.supervisor])
      assert.deepEqual(await wordsTo(person, id), waits('买茶'));
    for (const person of [desk, handler, resident, council.secretary, council.members[0]!])
      assert.deepEqual(await wordsTo(person, id), []);
    await books.act(secretary, funds.approve_spending, { id });
    assert.deepEqual(await wordsTo(books.treasurer, id), waits('买茶'), 'the second approval is still needed');
    assert.deepEqual(await wordsTo(desk, id), []);
  });

  it('is not told to whoever asked, is paid, or has the advance that it settles', async () => {
    const { secretary, desk } = books.people;
    const asked = { credit_account_id: books.bank, amount_fen: 100, purpose: '买茶', category: 'meetings' };
    await books.photograph(RECEIPT, secretary);
    const { id } = await books.act(secretary, funds.request_spending, {
      ...{ ...asked, debit_account_id: fund, payee_name: '监事', payee_id: council.supervisor.id },
      file_hashes: [RECEIPT],
    });
    for (const person of [secretary, council.supervisor]) assert.deepEqual(await wordsTo(person, id), []);
    assert.equal((await wordsTo(council.chair, id)).length, 1);
    const advance = await books.act(desk, funds.give_advance, {
      ...{ holder_id: council.chair.id, bank_account_id: books.bank, amount_fen: 900, purpose: '慰问' },
      category: 'meetings',
    });
    assert.deepEqual(await wordsTo(council.chair, advance.id), []);
    assert.deepEqual(await wordsTo(secretary, advance.id), waits('慰问'));
    await books.act(secretary, funds.approve_spending, { id: advance.id });
    const settled = await books.act(desk, funds.request_spending, {
      ...{ ...asked, kind: 'settlement', debit_account_id: fund, credit_account_id: advance.account_id },
      ...{ payee_name: '茶店', file_hashes: [RECEIPT] },
    });
    assert.deepEqual(await wordsTo(council.chair, settled.id), []);
    assert.equal((await wordsTo(council.supervisor, settled.id)).length, 1);
  });

  it('is told no more to those who were to decide once it is decided, and whoever asked hears', async () => {
    for (const decision of ['posted', 'refused'] as const) {
      const { id } = await books.askFor(fund, 600_000);
      const by = (person: Actor) => as(person, 'secretary');
      const { secretary, desk } = books.people;
      await books.act(secretary, funds.approve_spending, { id });
      if (decision === 'posted') await books.act(by(council.chair), funds.approve_spending, { id });
      else await books.act(by(council.chair), funds.refuse_spending, { id, reason: '票据不清' });
      for (const person of [books.treasurer, secretary, council.chair, council.supervisor])
        assert.deepEqual(await wordsTo(person, id), waits('买茶', true));
      assert.deepEqual(await wordsTo(desk, id), [
        { template: `spending_${decision}`, kind: 'money', vars: { purpose: '买茶' }, is_read: false },
      ]);
    }
  });
});

it('names those who may decide to those who may ask, and to nobody else', async () => {
  const { secretary, desk, resident } = books.people;
  const named = async (person: Actor) =>
    (await books.see(person, funds.list_approvers, {})).map((one) => `${one.as} ${one.id}`).sort();
  const expected = [
    `chair ${council.chair.id}`,
    `secretary ${secretary.id}`,
    `supervisor ${council.supervisor.id}`,
    `treasurer ${books.treasurer.id}`,
  ];
  const db = books.town.environment.database.of(books.town.community.id);
  const people = [council.chair.id, secretary.id, council.supervisor.id, books.treasurer.id];
  for (const id of people)
    await db
      .updateTable('people')
      .set({ public_name: '有名' })
      .where('community_id', '=', books.town.community.id)
      .where('id', '=', id)
      .execute();
  for (const person of [desk, books.treasurer, council.chair]) assert.deepEqual(await named(person), expected);
  assert.deepEqual(await named({ ...resident, roles: [] }), []);
});
