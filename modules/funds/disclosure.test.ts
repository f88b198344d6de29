import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { system, visitor } from '#platform/actor.ts';
import { sha256 } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import { type Books, makeBooks, refusalsOf } from '#tests/books.ts';
import { addMonths, disclosuresOf, stateOfDisclosure } from './disclosure.ts';
import * as funds from './index.ts';

let books: Books;
before(async () => {
  books = await makeBooks();
});
after(() => books.close());

describe('what is to be disclosed', () => {
  const raising = { subject: 'raising' as const, is_emergency: false };
  const table: [what: string, campaign: [string, string | null, boolean?], today: string, expected: string[]][] = [
    [
      'of a short one, by our own rule and in full',
      ['2026-01-10', '2026-05-10'],
      '2026-03-01',
      ['interim 2026-01-10..2026-04-09 by 2026-04-10 own', 'final 2026-01-10..2026-05-10 by 2026-08-10 article_79'],
    ],
    [
      'of one of three months, in full alone',
      ['2026-01-10', '2026-04-10'],
      '2026-03-01',
      ['final 2026-01-10..2026-04-10 by 2026-07-10 article_79'],
    ],
    [
      'of a long one, every three months',
      ['2026-01-31', '2026-12-31'],
      '2026-08-01',
      [
        'interim 2026-01-31..2026-04-29 by 2026-04-30 article_79',
        'interim 2026-04-30..2026-07-30 by 2026-07-31 article_79',
        'interim 2026-07-31..2026-10-30 by 2026-10-31 article_79',
        'final 2026-01-31..2026-12-31 by 2027-03-31 article_79',
      ],
    ],
    [
      'of one that goes on, up to the next',
      ['2026-01-10', null],
      '2026-04-11',
      [
        'interim 2026-01-10..2026-04-09 by 2026-04-10 article_79',
        'interim 2026-04-10..2026-07-09 by 2026-07-10 article_79',
      ],
    ],
    [
      'in an emergency, every five days',
      ['2026-01-01', '2026-01-12', true],
      '2026-01-12',
      [
        'interim 2026-01-01..2026-01-05 by 2026-01-06 article_72',
        'interim 2026-01-06..2026-01-10 by 2026-01-11 article_72',
        'final 2026-01-01..2026-01-12 by 2026-04-12 article_79',
      ],
    ],
  ];
  for (const [what, [starts_on, ends_on, is_emergency = false], today, expected] of table)
    it(what, () => {
      const found = disclosuresOf({ ...raising, is_emergency, starts_on, ends_on }, today);
      assert.deepEqual(
        found.map((one) => `${one.kind} ${one.from_on}..${one.until_on} by ${one.due_on} ${one.basis}`),
        expected,
      );
    });
  const days: [day: string, months: number, then: string][] = [
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-15', 3, '2026-06-15'],
  ];
  for (const [day, months, then] of days)
    it(`${months} months after ${day} is ${then}`, () => assert.equal(addMonths(day, months), then));
  it('covers every day of the campaign once, and each is due within three months of its last day', () => {
    const day = fc
      .integer({ min: 0, max: 3_000 })
      .map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, fc.boolean(), (a, b, is_emergency) => {
        const [starts_on, ends_on] = a < b ? [a, b] : [b, a];
        const found = disclosuresOf({ ...raising, is_emergency, starts_on, ends_on }, '2040-01-01');
        for (const [i, one] of found.entries()) {
          assert.ok(
            one.from_on <= one.until_on && one.until_on <= one.due_on && one.due_on <= addMonths(one.until_on, 3),
          );
          if (one.kind === 'interim' && i > 0)
            assert.equal(Date.parse(one.from_on) - Date.parse(found[i - 1]!.until_on), 86_400_000);
        }
        assert.equal(found.filter((one) => one.kind === 'final').length, 1);
      }),
    );
  });
  it('can be written once its period is over', () => {
    const one = disclosuresOf({ ...raising, starts_on: '2026-01-10', ends_on: null }, '2026-01-10')[0]!;
    assert.deepEqual(
      ['2026-04-09', '2026-04-10', '2026-04-11'].map((today) => stateOfDisclosure(one, false, today)),
      ['ahead', 'due', 'overdue'],
    );
  });

  it('is produced from the ledger, published once, stands letter for letter, and its hash is logged', async () => {
    const fund = await books.open('fund');
    const names = { 'zh-CN': '助老募捐', en: 'For elders' };
    const campaign = { names, purposes: names, fund_id: fund, starts_on: '2025-11-20' };
    const { id } = await books.act(books.treasurer, funds.start_campaign, campaign);
    await books.give(fund, 5_000, { received_on: '2026-01-15' });
    await books.give(fund, 700, { received_on: '2026-02-25' });
    await books.spend(fund, 1_200, { category: 'elders' });
    const [line] = (await books.see(books.treasurer, funds.show_statement, { account_id: fund })).lines;
    await books.act(books.treasurer, funds.reverse_transfer, { transfer_id: line!.id, reason: '付错了' });
    const wanted = { campaign_id: id, kind: 'interim', until_on: '2026-02-19' };
    await books.act(system, funds.remind_of_money, {});
    assert.ok((await books.notices(books.treasurer.id)).includes('disclosure_overdue'));
    assert.deepEqual((await books.see(books.treasurer, funds.draft_disclosure, wanted)).figures.closing_fen, 5_000);
    const tries = await Promise.allSettled(
      [1, 2].map(() => books.act(books.treasurer, funds.publish_disclosure, wanted)),
    );
    assert.equal(refusalsOf(tries).length, 1);
    const published = (
      tries.find((one) => one.status === 'fulfilled') as PromiseFulfilledResult<{ id: string; sha256: string }>
    ).value;
    await books.give(fund, 900, { received_on: '2026-02-01' });
    const shown = await books.see(visitor, funds.show_disclosure, { id: published.id });
    assert.equal(sha256(shown.text).toString('hex'), published.sha256);
    assert.deepEqual(
      [shown.figures.opening_fen, shown.figures.closing_fen, shown.figures.given[0]?.amount_fen],
      [0, 5_000, 5_000],
    );
    const fact = await books.db
      .selectFrom('events')
      .select('data')
      .where('kind', '=', 'disclosure.published')
      .where('subject_id', '=', published.id)
      .executeTakeFirstOrThrow();
    assert.equal((fact.data as { sha256: string }).sha256, published.sha256);
    await assert.rejects(books.act(books.treasurer, funds.publish_disclosure, { ...wanted, until_on: '2026-05-19' }), {
      code: 'disclosure_ahead',
    });
    await assert.rejects(books.act(books.treasurer, funds.end_campaign, { id, ends_on: '2026-01-01' }), {
      code: 'campaign_disclosed',
    });
    await books.act(books.treasurer, funds.end_campaign, { id, ends_on: '2026-03-03' });
    const final = await books.act(books.treasurer, funds.publish_disclosure, {
      campaign_id: id,
      kind: 'final',
      until_on: '2026-03-03',
    });
    const { figures } = await books.see(visitor, funds.show_disclosure, { id: final.id });
    assert.deepEqual([figures.given[0]?.amount_fen, figures.closing_fen], [6_600, 6_600]);
    await assert.rejects(books.act(books.people.desk, funds.publish_disclosure, wanted), { code: 'not_found' });
  });
});

describe('statements', () => {
  it('of a fund and a project between two days add up, and of a donor are theirs', async () => {
    const fund = await books.open('fund');
    const project_id = newId();
    const line = await books.open('budget_line', { fund_id: fund, project_id, category: 'elders' });
    const { resident, neighbour } = books.people;
    await books.give(fund, 5_000, { person_id: resident.id, donor_name: '李明', received_on: '2026-01-15' });
    await books.give(fund, 1_000, { person_id: resident.id, received_on: '2026-02-15' });
    await books.act(books.treasurer, funds.post_transfers, {
      transfers: [
        {
          kind: 'allocation',
          debit_account_id: fund,
          credit_account_id: line,
          amount_fen: 3_000,
          effective_on: '2026-02-20',
        },
      ],
    });
    await books.spend(line, 1_300, { category: 'elders' });
    const period = { from_on: '2026-02-01', until_on: '2026-03-31' };
    const whole = await books.see(visitor, funds.show_period_statement, { fund_id: fund, ...period });
    assert.deepEqual([whole.opening_fen, whole.closing_fen], [5_000, 4_700]);
    assert.deepEqual(
      whole.moved.map((one) => [one.is_in, one.kind, one.category, one.amount_fen]),
      [
        [true, 'donation', null, 1_000],
        [false, 'expense', 'elders', 1_300],
      ],
    );
    const project = await books.see(visitor, funds.show_period_statement, { project_id, ...period });
    assert.deepEqual([project.opening_fen, project.closing_fen, project.moved.length], [0, 1_700, 2]);
    const mine = await books.see(resident, funds.show_donor_statement, {
      from_on: '2026-01-01',
      until_on: '2026-12-31',
    });
    const fund_gifts = mine.gifts.filter((one) => one.fund_id === fund);
    assert.deepEqual(
      fund_gifts.map((one) => one.amount_fen),
      [5_000, 1_000],
    );
    const asked = { donor_id: mine.donor.id, from_on: '2026-01-01', until_on: '2026-12-31' };
    await assert.rejects(books.see(neighbour, funds.show_donor_statement, asked), { code: 'not_found' });
    assert.equal((await books.see(books.treasurer, funds.show_donor_statement, asked)).donor.is_own, false);
    await assert.rejects(books.see(visitor, funds.show_period_statement, { project_id: newId(), ...period }), {
      code: 'not_found',
    });
  });
});

it('after all of this the books and what was logged agree', async () => {
  assert.deepEqual(await books.witness(), []);
});
