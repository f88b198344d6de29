import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { type Actor, type Role, system, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { sha256 } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query, query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { stillOut } from './advance.ts';
import { addMonths, disclosuresOf, stateOfDisclosure } from './disclosure.ts';
import { problemOfInstalments, stateOfInstalment } from './grant.ts';
import { readGrant, writeGrant } from './grant_package.ts';
import * as funds from './index.ts';
import { stateOfPledge } from './pledge.ts';
import { honours } from './wish.ts';

let town: Neighbourhood;
let treasurer: Actor;
let bank: string;
let now = new Date('2026-03-04T02:00:00Z');
const HASH = 'a'.repeat(64);
const as = (person: Actor, role: Role): Actor => ({
  ...person,
  roles: [{ role, scope_kind: 'community', scope_id: null }],
});
const act = <I, A>(command: Command<I, A>, input: unknown, actor = treasurer) =>
  perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
const see = <I, A>(wanted: Query<I, A>, input: unknown, actor = treasurer) =>
  ask(town.environment, { actor, community: town.community, via: 'test' }, wanted, input);
const open = async (kind: string, more: object = {}) =>
  (await act(funds.open_account, { kind, names: { 'zh-CN': '账户', en: 'Account' }, ...more })).id;
const balance = async (account_id: string) => (await see(funds.show_statement, { account_id })).closing_fen;
const give = (fund_id: string, amount_fen: number, more: object = {}) =>
  act(funds.record_donation, {
    kind: 'money',
    donor_name: '丁一',
    fund_id,
    bank_account_id: bank,
    amount_fen,
    ...more,
  });
const spend = async (
  debit_account_id: string,
  amount_fen: number,
  category = 'elders',
  credit = bank,
  kind = 'expense',
) => {
  const { id } = await act(
    funds.request_spending,
    {
      ...{ kind, debit_account_id, credit_account_id: credit, amount_fen, purpose: '买灯', category },
      ...{ payee_name: '五金店', file_hashes: [HASH] },
    },
    town.people.desk,
  );
  await act(funds.approve_spending, { id }, town.people.secretary);
};
const refusals = (tries: PromiseSettledResult<unknown>[]) =>
  tries.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
const notices = async (person_id: string) =>
  (
    await town.environment.database
      .of(town.community.id)
      .selectFrom('notices')
      .select('template')
      .where('person_id', '=', person_id)
      .orderBy('template')
      .execute()
  ).map((one) => one.template);

before(async () => {
  town = await makeNeighbourhood({ clock: () => now });
  const { administrator, desk } = town.people;
  treasurer = as(administrator, 'treasurer');
  const db = town.environment.database.of(town.community.id);
  const grant = { community_id: town.community.id, scope_kind: 'community', started_at: new Date(0) };
  await db
    .insertInto('role_grants')
    .values({ ...grant, id: newId(), person_id: administrator.id, role: 'treasurer', granted_by_id: administrator.id })
    .execute();
  const file = { community_id: town.community.id, hash: HASH, media_type: 'image/jpeg', byte_count: 3 };
  await db
    .insertInto('files')
    .values({ ...file, uploaded_by_id: desk.id, uploaded_at: new Date() })
    .execute();
  bank = await open('bank');
});
after(() => town.close());

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
    const fund = await open('fund', { restriction: { categories: ['elders'] } });
    const [free, other_fund] = [await open('budget_line', { fund_id: fund }), await open('fund')];
    const line = await open('budget_line', { fund_id: fund, category: 'elders' });
    const wrong = await give(fund, 100);
    await give(fund, 900);
    const post = (debit_account_id: string, credit_account_id: string, kind = 'allocation', category = 'elders') =>
      act(funds.post_transfers, {
        transfers: [{ kind, debit_account_id, credit_account_id, amount_fen: 100, category }],
      });
    for (const to of [free, other_fund]) await assert.rejects(post(fund, to), { code: 'restriction_broken' });
    await post(fund, line);
    const other_line = await open('budget_line', { fund_id: other_fund });
    for (const to of [other_fund, free, other_line])
      await assert.rejects(post(line, to, 'return'), { code: 'restriction_broken' });
    await post(line, fund, 'return');
    const [first] = (await see(funds.show_statement, { account_id: fund })).lines.filter(
      (one) => one.cause_id === wrong.id,
    );
    await act(funds.reverse_transfer, { transfer_id: first!.id, reason: '写错了人' });
    assert.equal(await balance(fund), 900);
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
    const { resident } = town.people;
    const made = { person_id: resident.id, donor_name: '李明', kind: 'money', amount_fen: 1_000, due_on: '2026-03-08' };
    const { id } = await act(funds.make_pledge, { ...made, wish: { categories: ['elders'] } });
    await assert.rejects(act(funds.make_pledge, { ...made, due_on: '2026-03-01' }), { code: 'day_past' });
    await assert.rejects(act(funds.make_pledge, { ...made, hours: 3 }), { code: 'pledge_measure_wrong' });
    const [any, elders] = [await open('fund'), await open('fund', { restriction: { categories: ['elders'] } })];
    const keep = (fund_id: string, amount_fen: number) =>
      act(funds.keep_pledge, { id, fund_id, bank_account_id: bank, amount_fen });
    await assert.rejects(keep(any, 400), { code: 'wish_not_honoured' });
    await act(funds.remind_of_money, {}, system);
    await act(funds.remind_of_money, {}, system);
    assert.deepEqual(await notices(resident.id), ['pledge_due']);
    await keep(elders, 400);
    const own = async () => (await see(funds.list_pledges, {}, resident)).pledges[0];
    assert.deepEqual([(await own())?.state, (await own())?.kept_fen], ['part_kept', 400]);
    await keep(elders, 600);
    await assert.rejects(keep(elders, 1), { code: 'pledge_settled' });
    assert.equal((await see(funds.list_pledges, { is_settled: true }, resident)).pledges[0]?.state, 'kept');
    assert.equal((await see(funds.list_pledges, {}, town.people.neighbour)).pledges.length, 0);
    await assert.rejects(see(funds.list_pledges, {}, visitor), { code: 'not_found' });
    await assert.rejects(act(funds.make_pledge, made, town.people.desk), { code: 'not_found' });
  });

  it('raced by gifts and its lapse ends one way, and lapses by itself at last', async () => {
    const made = { donor_name: '王五', kind: 'hours', hours: 2, due_on: '2026-03-05' };
    const { id } = await act(funds.make_pledge, made);
    const tries = await Promise.allSettled([
      act(funds.keep_pledge, { id, hours: 2 }),
      act(funds.lapse_pledge, { id, reason: '搬走了' }),
      act(funds.keep_pledge, { id, hours: 2 }),
    ]);
    assert.deepEqual(refusals(tries), ['pledge_settled', 'pledge_settled']);
    const forgotten = await act(funds.make_pledge, { ...made, kind: 'goods', hours: undefined, description: '椅子' });
    const back = now;
    now = new Date('2026-07-01T02:00:00Z');
    await act(funds.remind_of_money, {}, system);
    now = back;
    const settled = (await see(funds.list_pledges, { is_settled: true })).pledges;
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
    const { handler, secretary, desk } = town.people;
    const fund = await open('fund');
    await give(fund, 5_000);
    const asked = {
      holder_id: handler.id,
      bank_account_id: bank,
      amount_fen: 3_000,
      purpose: '活动',
      category: 'elders',
    };
    const both = await Promise.all([1, 2].map(() => act(funds.give_advance, { ...asked, due_on: '2026-03-20' }, desk)));
    assert.equal(new Set(both.map((one) => one.account_id)).size, 1, 'one account of one holder');
    const [{ id, account_id }] = both as [(typeof both)[number], unknown];
    await act(funds.approve_spending, { id }, secretary);
    await act(funds.refuse_spending, { id: both[1]!.id, reason: '一次就够' }, secretary);
    await spend(fund, 2_000, 'elders', account_id, 'settlement');
    const mine = async () => (await see(funds.list_advances, {}, handler)).advances[0];
    assert.deepEqual(
      [(await mine())?.balance_fen, (await mine())?.due_on, (await mine())?.is_overdue],
      [1_000, '2026-03-20', false],
    );
    const back = now;
    now = new Date('2026-03-25T02:00:00Z');
    await act(funds.remind_of_money, {}, system);
    assert.ok((await notices(handler.id)).includes('advance_overdue'));
    assert.equal((await see(funds.list_advances, {})).advances[0]?.is_overdue, true);
    await act(funds.return_advance, { account_id, bank_account_id: bank, amount_fen: 1_000 });
    await assert.rejects(act(funds.return_advance, { account_id, bank_account_id: bank, amount_fen: 1 }), {
      code: 'balance_exceeded',
    });
    assert.deepEqual((await see(funds.list_advances, {})).advances, []);
    now = back;
    await assert.rejects(act(funds.give_advance, { ...asked, holder_id: newId() }, desk), { code: 'holder_unknown' });
  });
});

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
    const { secretary, desk } = town.people;
    const fund = await open('fund');
    await give(fund, 10_000);
    const grant = {
      direction: 'given',
      title: '助老活动',
      description: '每周一次',
      organisation_id: town.organisation,
      fund_id: fund,
    };
    const instalments = [
      { amount_fen: 600, due_on: '2026-03-05' },
      { amount_fen: 400, due_on: '2026-04-05', condition: '交中期报告' },
    ];
    const { id: grant_id } = await act(funds.write_grant, {
      ...grant,
      amount_fen: 1_000,
      awarded_on: '2026-03-01',
      instalments,
    });
    const pay = (number: number) =>
      act(
        funds.pay_instalment,
        { grant_id, number, bank_account_id: bank, category: 'elders', file_hashes: [HASH] },
        desk,
      );
    const tries = await Promise.allSettled([pay(1), pay(1), pay(2)]);
    assert.deepEqual(refusals(tries).sort(), ['condition_not_met', 'instalment_settled']);
    const asked = (tries.find((one) => one.status === 'fulfilled') as PromiseFulfilledResult<{ spending_id: string }>)
      .value;
    await act(funds.refuse_spending, { id: asked.spending_id, reason: '票据不清' }, secretary);
    await act(funds.approve_spending, { id: (await pay(1)).spending_id }, secretary);
    await act(funds.meet_condition, { grant_id, number: 2, note: '报告收到' }, secretary);
    await pay(2);
    const [shown] = (await see(funds.list_grants, {}, visitor)).grants;
    assert.deepEqual(
      shown?.instalments.map((one) => one.state),
      ['paid', 'asked'],
    );
    assert.equal(await balance(fund), 9_400);
  });

  it('is received into its fund once', async () => {
    const fund = await open('fund');
    const grant = {
      direction: 'received',
      title: '街道拨款',
      description: '活动',
      party_name: '街道办',
      fund_id: fund,
    };
    const instalments = [{ amount_fen: 1_000, due_on: '2026-03-05' }];
    const { id: grant_id } = await act(funds.write_grant, {
      ...grant,
      amount_fen: 1_000,
      awarded_on: '2026-03-01',
      instalments,
    });
    const receive = () => act(funds.receive_instalment, { grant_id, number: 1, bank_account_id: bank });
    assert.deepEqual(refusals(await Promise.allSettled([receive(), receive()])), ['instalment_settled']);
    assert.equal(await balance(fund), 1_000);
  });
});

describe('360Giving', () => {
  const FILES = '/work/shared/data/grants';
  const file = (name: string) => JSON.parse(readFileSync(`${FILES}/${name}`, 'utf8')) as Record<string, unknown>;
  const skip = !existsSync(FILES) && 'the schemas of 360Giving are not on this machine';

  it('is written so that it validates, and a real file comes in and goes out as it was', { skip }, async () => {
    const real = file('a003W000001B7PzQAK.json') as { grants: { id: string }[] };
    await act(funds.import_grants, real);
    assert.equal((await act(funds.import_grants, real)).accepted, 0, 'known ones are known');
    const out = (await see(funds.export_grants, {}, visitor)) as { grants: { id: string }[] };
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
    const refusal = await act(funds.import_grants, { grants: [good, ...bad, good] }).catch((error) => error);
    const codes = [refusal, ...refusal.also].map((each) => [each.where.line, each.code]);
    assert.deepEqual(codes, [
      [2, 'grant_wrong'],
      [3, 'grant_to_person'],
      [4, 'grant_wrong'],
      [5, 'grant_twice'],
    ]);
    assert.equal((await act(funds.import_grants, { grants: [good] })).accepted, 1);
    await assert.rejects(act(funds.import_grants, { grants: [good] }, town.people.desk), { code: 'not_found' });
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
    const fund = await open('fund');
    const names = { 'zh-CN': '助老募捐', en: 'For elders' };
    const campaign = { names, purposes: names, fund_id: fund, starts_on: '2025-11-20' };
    const { id } = await act(funds.start_campaign, campaign);
    await give(fund, 5_000, { received_on: '2026-01-15' });
    await give(fund, 700, { received_on: '2026-02-25' });
    await spend(fund, 1_200);
    const [line] = (await see(funds.show_statement, { account_id: fund })).lines;
    await act(funds.reverse_transfer, { transfer_id: line!.id, reason: '付错了' });
    const wanted = { campaign_id: id, kind: 'interim', until_on: '2026-02-19' };
    await act(funds.remind_of_money, {}, system);
    assert.ok((await notices(treasurer.id)).includes('disclosure_overdue'));
    assert.deepEqual((await see(funds.draft_disclosure, wanted)).figures.closing_fen, 5_000);
    const tries = await Promise.allSettled([1, 2].map(() => act(funds.publish_disclosure, wanted)));
    assert.equal(refusals(tries).length, 1);
    const published = (
      tries.find((one) => one.status === 'fulfilled') as PromiseFulfilledResult<{ id: string; sha256: string }>
    ).value;
    await give(fund, 900, { received_on: '2026-02-01' });
    const shown = await see(funds.show_disclosure, { id: published.id }, visitor);
    assert.equal(sha256(shown.text).toString('hex'), published.sha256);
    assert.deepEqual(
      [shown.figures.opening_fen, shown.figures.closing_fen, shown.figures.given[0]?.amount_fen],
      [0, 5_000, 5_000],
    );
    const fact = await town.environment.database
      .of(town.community.id)
      .selectFrom('events')
      .select('data')
      .where('kind', '=', 'disclosure.published')
      .where('subject_id', '=', published.id)
      .executeTakeFirstOrThrow();
    assert.equal((fact.data as { sha256: string }).sha256, published.sha256);
    await assert.rejects(act(funds.publish_disclosure, { ...wanted, until_on: '2026-05-19' }), {
      code: 'disclosure_ahead',
    });
    await assert.rejects(act(funds.end_campaign, { id, ends_on: '2026-01-01' }), { code: 'campaign_disclosed' });
    await act(funds.end_campaign, { id, ends_on: '2026-03-03' });
    const final = await act(funds.publish_disclosure, { campaign_id: id, kind: 'final', until_on: '2026-03-03' });
    const { figures } = await see(funds.show_disclosure, { id: final.id }, visitor);
    assert.deepEqual([figures.given[0]?.amount_fen, figures.closing_fen], [6_600, 6_600]);
    await assert.rejects(act(funds.publish_disclosure, wanted, town.people.desk), { code: 'not_found' });
  });
});

describe('statements', () => {
  it('of a fund and a project between two days add up, and of a donor are theirs', async () => {
    const fund = await open('fund');
    const project_id = newId();
    const line = await open('budget_line', { fund_id: fund, project_id, category: 'elders' });
    const { resident, neighbour } = town.people;
    await give(fund, 5_000, { person_id: resident.id, donor_name: '李明', received_on: '2026-01-15' });
    await give(fund, 1_000, { person_id: resident.id, received_on: '2026-02-15' });
    await act(funds.post_transfers, {
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
    await spend(line, 1_300);
    const period = { from_on: '2026-02-01', until_on: '2026-03-31' };
    const whole = await see(funds.show_period_statement, { fund_id: fund, ...period }, visitor);
    assert.deepEqual([whole.opening_fen, whole.closing_fen], [5_000, 4_700]);
    assert.deepEqual(
      whole.moved.map((one) => [one.is_in, one.kind, one.category, one.amount_fen]),
      [
        [true, 'donation', null, 1_000],
        [false, 'expense', 'elders', 1_300],
      ],
    );
    const project = await see(funds.show_period_statement, { project_id, ...period }, visitor);
    assert.deepEqual([project.opening_fen, project.closing_fen, project.moved.length], [0, 1_700, 2]);
    const mine = await see(funds.show_donor_statement, { from_on: '2026-01-01', until_on: '2026-12-31' }, resident);
    const fund_gifts = mine.gifts.filter((one) => one.fund_id === fund);
    assert.deepEqual(
      fund_gifts.map((one) => one.amount_fen),
      [5_000, 1_000],
    );
    const asked = { donor_id: mine.donor.id, from_on: '2026-01-01', until_on: '2026-12-31' };
    await assert.rejects(see(funds.show_donor_statement, asked, neighbour), { code: 'not_found' });
    assert.equal((await see(funds.show_donor_statement, asked)).donor.is_own, false);
    await assert.rejects(see(funds.show_period_statement, { project_id: newId(), ...period }, visitor), {
      code: 'not_found',
    });
  });
});

it('after all of this the books and what was logged agree', async () => {
  const witness = query({ name: 'test', reads: 'nobody', input: z.object({}), run: (ctx) => funds.ledgerWitness(ctx) });
  assert.deepEqual(await see(witness, {}, system), []);
});
