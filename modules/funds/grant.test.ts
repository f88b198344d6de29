import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { visitor } from '#platform/actor.ts';
import { type Books, makeBooks, RECEIPT, refusalsOf } from '#tests/books.ts';
import { problemOfInstalments, stateOfInstalment } from './grant.ts';
import { readGrant, writeGrant } from './grant_package.ts';
import * as funds from './index.ts';

let books: Books;
before(async () => {
  books = await makeBooks();
});
after(() => books.close());

describe('a grant', () => {
  it('has instalments that together are it, in order', () => {
    const of = (...all: [number, string][]) => all.map(([amount_fen, due_on]) => ({ amount_fen, due_on }));
    assert.equal(problemOfInstalments(3, of([1, '2026-01-01'], [2, '2026-01-01'])), null);
    assert.equal(problemOfInstalments(4, of([1, '2026-01-01'], [2, '2026-01-01'])), 'instalments_differ');
    assert.equal(problemOfInstalments(3, of([1, '2026-01-02'], [2, '2026-01-01'])), 'instalments_out_of_order');
  });
  const planned = {
    number: 1,
    amount_fen: 1,
    due_on: '2026-03-10',
    condition: null,
    is_met: false,
    is_asked: false,
    is_paid: false,
  };
  const table: [more: object, today: string, state: string][] = [
    [{}, '2026-01-01', 'planned'],
    [{}, '2026-03-01', 'due'],
    [{}, '2026-03-11', 'overdue'],
    [{ condition: '报告' }, '2026-03-11', 'waits_for_condition'],
    [{ condition: '报告', is_met: true }, '2026-03-11', 'overdue'],
    [{ is_asked: true }, '2026-03-11', 'asked'],
    [{ is_paid: true }, '2026-03-11', 'paid'],
  ];
  for (const [more, today, state] of table)
    it(`${JSON.stringify(more)} on ${today}: its instalment is ${state}`, () =>
      assert.equal(stateOfInstalment({ ...planned, ...more }, today), state));

  it('is paid in instalments when their conditions are met, each once, and refused ones can be asked for again', async () => {
    const { secretary, desk } = books.people;
    const fund = await books.open('fund');
    await books.give(fund, 10_000);
    const grant = {
      direction: 'given',
      title: '助老活动',
      description: '每周一次',
      organisation_id: books.town.organisation,
      fund_id: fund,
    };
    const instalments = [
      { amount_fen: 600, due_on: '2026-03-05' },
      { amount_fen: 400, due_on: '2026-04-05', condition: '交中期报告' },
    ];
    const { id: grant_id } = await books.act(books.treasurer, funds.write_grant, {
      ...grant,
      amount_fen: 1_000,
      awarded_on: '2026-03-01',
      instalments,
    });
    const pay = (number: number) =>
      books.act(desk, funds.pay_instalment, {
        grant_id,
        number,
        bank_account_id: books.bank,
        category: 'elders',
        file_hashes: [RECEIPT],
      });
    const tries = await Promise.allSettled([pay(1), pay(1), pay(2)]);
    assert.deepEqual(refusalsOf(tries).sort(), ['condition_not_met', 'instalment_settled']);
    const asked = (tries.find((one) => one.status === 'fulfilled') as PromiseFulfilledResult<{ spending_id: string }>)
      .value;
    await books.act(secretary, funds.refuse_spending, { id: asked.spending_id, reason: '票据不清' });
    await books.act(secretary, funds.approve_spending, { id: (await pay(1)).spending_id });
    await books.act(secretary, funds.meet_condition, { grant_id, number: 2, note: '报告收到' });
    await pay(2);
    const [shown] = (await books.see(visitor, funds.list_grants, {})).grants;
    assert.deepEqual(
      shown?.instalments.map((one) => one.state),
      ['paid', 'asked'],
    );
    assert.equal(await books.closing(fund), 9_400);
  });

  it('is received into its fund once', async () => {
    const fund = await books.open('fund');
    const grant = {
      direction: 'received',
      title: '街道拨款',
      description: '活动',
      party_name: '街道办',
      fund_id: fund,
    };
    const instalments = [{ amount_fen: 1_000, due_on: '2026-03-05' }];
    const { id: grant_id } = await books.act(books.treasurer, funds.write_grant, {
      ...grant,
      amount_fen: 1_000,
      awarded_on: '2026-03-01',
      instalments,
    });
    const receive = () =>
      books.act(books.treasurer, funds.receive_instalment, { grant_id, number: 1, bank_account_id: books.bank });
    assert.deepEqual(refusalsOf(await Promise.allSettled([receive(), receive()])), ['instalment_settled']);
    assert.equal(await books.closing(fund), 1_000);
  });
});

describe('360Giving', () => {
  const FILES = '/work/shared/data/grants';
  const file = (name: string) => JSON.parse(readFileSync(`${FILES}/${name}`, 'utf8')) as Record<string, unknown>;
  const skip = !existsSync(FILES) && 'the schemas of 360Giving are not on this machine';

  it('is written so that it validates, and a real file comes in and goes out as it was', { skip }, async () => {
    const real = file('a003W000001B7PzQAK.json') as { grants: { id: string }[] };
    await books.act(books.treasurer, funds.import_grants, real);
    assert.equal((await books.act(books.treasurer, funds.import_grants, real)).accepted, 0, 'known ones are known');
    const out = (await books.see(visitor, funds.export_grants, {})) as { grants: { id: string }[] };
    const ids = new Set(real.grants.map((one) => one.id));
    assert.deepEqual(
      out.grants.filter((one) => ids.has(one.id)),
      real.grants,
    );
    assert.ok(out.grants.length > real.grants.length, 'our own are there too');
    const require = createRequire(import.meta.url);
    const Ajv = require('ajv/dist/2020').default;
    const ajv = new Ajv({ strict: false, allErrors: true });
    require('ajv-formats').default(ajv);
    const schemas = ['360-giving-schema.json', '360-giving-package-schema.json'].map(file);
    // Named with http, where the validator knows it by https.
    const [grant, whole] = schemas.map(({ $schema, ...schema }) => schema);
    ajv.addSchema(
      grant,
      (whole as { properties: { grants: { items: { $ref: string } } } }).properties.grants.items.$ref,
    );
    const valid = ajv.compile(whole);
    assert.ok(valid(out), JSON.stringify(valid.errors?.slice(0, 3)));
  });

  it('comes in whole or not at all, and never with a person’s name', async () => {
    const organisation = [{ id: 'x', name: 'X' }];
    const one = {
      id: 'g1',
      title: 't',
      description: 'd',
      currency: 'CNY',
      amountAwarded: 1.5,
      awardDate: '2026-01-01',
    };
    const good = { ...one, recipientOrganization: organisation, fundingOrganization: organisation };
    const bad = [
      { ...good, id: 'g2', amountAwarded: -1 },
      { ...one, id: 'g3', recipientIndividual: { id: 'p', name: '王' } },
      { ...good, awardDate: '2026-02-30', id: 'g4' },
    ];
    const refusal = await books
      .act(books.treasurer, funds.import_grants, { grants: [good, ...bad, good] })
      .catch((error) => error);
    const codes = [refusal, ...refusal.also].map((each) => [each.where.line, each.code]);
    assert.deepEqual(codes, [
      [2, 'grant_wrong'],
      [3, 'grant_to_person'],
      [4, 'grant_wrong'],
      [5, 'grant_twice'],
    ]);
    assert.equal((await books.act(books.treasurer, funds.import_grants, { grants: [good] })).accepted, 1);
    await assert.rejects(books.act(books.people.desk, funds.import_grants, { grants: [good] }), { code: 'not_found' });
  });

  it('reads again what it wrote, whatever the grant', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2199-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    const word = fc.string({ minLength: 1, maxLength: 50, unit: 'grapheme' }).map((text) => `a${text}b`);
    const grant = fc.record({
      ...{ identifier: word, title: word, description: word, party_name: word, party_identifier: word },
      direction: fc.constantFrom('given' as const, 'received' as const),
      ...{ currency: fc.constantFrom('CNY', 'GBP'), amount_fen: fc.integer({ min: 0, max: 1e13 }) },
      ...{ awarded_on: day, starts_on: fc.option(day), ends_on: fc.option(day) },
    });
    fc.assert(
      fc.property(grant, (one) => {
        fc.pre(one.party_identifier !== 'us');
        const written = writeGrant(
          { ...one, source: null, recorded_at: new Date(0), paid: [] },
          { identifier: 'us', name: '我们' },
        );
        assert.deepEqual(readGrant(JSON.parse(JSON.stringify(written)), 'us'), { ...one, source: written });
      }),
    );
  });
});

it('after all of this the books and what was logged agree', async () => {
  assert.deepEqual(await books.witness(), []);
});
