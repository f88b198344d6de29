import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { type Actor, system, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { formatYuan, parseYuan } from '#platform/money.ts';
import { ask, query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { type Account, availableOf, balanceOf, shapeOf } from './account.ts';
import * as funds from './index.ts';
import { type Flow, move } from './transfer.ts';

let town: Neighbourhood;
let now = new Date('2026-03-04T02:00:00Z');
before(async () => {
  town = await makeNeighbourhood({ clock: () => now });
});
after(() => town.close());

const treasurer = (): Actor => ({
  ...town.people.secretary,
  roles: [{ role: 'treasurer', scope_kind: 'community', scope_id: null }],
});
const act = <I, A>(command: Command<I, A>, input: unknown, actor = treasurer(), id?: string) =>
  perform(town.environment, { actor, community: town.community, via: 'test', id }, command, input);
const look = <A>(run: (ctx: never) => Promise<A>) =>
  ask(
    town.environment,
    { actor: system, community: town.community, via: 'test' },
    query({ name: 'test', reads: 'nobody', input: z.object({}), run: run as never }),
    {},
  ) as Promise<A>;
const names = { 'zh-CN': '账户', en: 'Account' };
const open = async (kind: string, more: object = {}) => (await act(funds.open_account, { kind, names, ...more })).id;
const post = (debit: string, credit: string, amount_fen: number, more: object = {}) =>
  act(funds.post_transfers, {
    transfers: [{ kind: 'expense', debit_account_id: debit, credit_account_id: credit, amount_fen, ...more }],
  });
const balance = async (id: string) => balanceOf((await look((ctx) => funds.findAccount(ctx, id)))!);
/** A bank account and a fund with an amount in them. */
async function endowed(amount_fen: number, more: object = {}) {
  const [bank, fund] = [await open('bank'), await open('fund', more)];
  await post(bank, fund, amount_fen, { kind: 'donation' });
  return { bank, fund };
}

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

describe('the ledger', () => {
  it('is written by the treasurer alone', async () => {
    const { bank, fund } = await endowed(100);
    const { resident, desk, administrator } = town.people;
    const auditor: Actor = { ...desk, roles: [{ role: 'auditor', scope_kind: 'community', scope_id: null }] };
    const wanted = { transfers: [{ kind: 'expense', debit_account_id: fund, credit_account_id: bank, amount_fen: 1 }] };
    for (const actor of [visitor, resident, desk, administrator, auditor])
      await assert.rejects(act(funds.post_transfers, wanted, actor), { code: 'not_found' });
  });

  it('refuses amounts that are none', async () => {
    const { bank, fund } = await endowed(100);
    for (const amount of [0, -1, 0.5, 1e16, Number.NaN, '5'])
      await assert.rejects(post(fund, bank, amount as number), `${amount}`);
    await assert.rejects(post(fund, fund, 1));
    await assert.rejects(post(fund, newId(), 1), { code: 'account_unknown' });
    await assert.rejects(post(fund, bank, 1, { effective_on: '2026-03-05' }), { code: 'day_ahead' });
    assert.equal(await balance(fund), 100);
  });

  it('posts linked transfers all or none', async () => {
    const { bank, fund } = await endowed(1000);
    const line = await open('budget_line', { fund_id: fund });
    const transfers = [
      { kind: 'allocation', debit_account_id: fund, credit_account_id: line, amount_fen: 600 },
      { kind: 'expense', debit_account_id: line, credit_account_id: bank, amount_fen: 601 },
    ];
    await assert.rejects(act(funds.post_transfers, { transfers }), { code: 'budget_exceeded' });
    assert.deepEqual([await balance(fund), await balance(line)], [1000, 0]);
    transfers[1]!.amount_fen = 600;
    await act(funds.post_transfers, { transfers });
    assert.deepEqual([await balance(fund), await balance(line), await balance(bank)], [400, 0, 400]);
  });

  it('gives the first answer to the same id, and refuses the same id with another body', async () => {
    const { bank, fund } = await endowed(100);
    const id = newId();
    const wanted = (amount_fen: number) => ({
      transfers: [{ kind: 'expense', debit_account_id: fund, credit_account_id: bank, amount_fen }],
    });
    const answers = await Promise.all([1, 2, 3, 4].map(() => act(funds.post_transfers, wanted(10), treasurer(), id)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    await assert.rejects(act(funds.post_transfers, wanted(11), treasurer(), id), { code: 'id_used_before' });
    assert.equal(await balance(fund), 90);
  });

  it('never spends more than there is: 500 spends of one balance', async () => {
    const { bank, fund } = await endowed(1000);
    const tries = await Promise.allSettled(Array.from({ length: 500 }, () => post(fund, bank, 7)));
    const done = tries.filter(({ status }) => status === 'fulfilled').length;
    assert.equal(done, Math.floor(1000 / 7));
    for (const one of tries) if (one.status === 'rejected') assert.equal(one.reason.code, 'balance_exceeded');
    assert.deepEqual([await balance(fund), await balance(bank)], [1000 - 7 * done, 1000 - 7 * done]);
    assert.deepEqual(await look((ctx) => funds.wrongSums(ctx)), []);
  });

  it('moves money both ways at once without blocking itself', async () => {
    const { bank, fund } = await endowed(10_000);
    const other = await open('fund');
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        i % 2 ? post(fund, other, 5, { kind: 'allocation' }) : post(bank, other, 5, { kind: 'donation' }),
      ),
    );
    assert.deepEqual([await balance(fund), await balance(other)], [9900, 200]);
  });

  it('holds back what is pending, and resolves it once', async () => {
    const { bank, fund } = await endowed(100);
    const { ids } = await post(fund, bank, 80, { flow: 'pending' });
    await assert.rejects(post(fund, bank, 30), { code: 'balance_exceeded' });
    await assert.rejects(act(funds.post_pending, { pending_id: ids[0], amount_fen: 81 }), { code: 'more_than_held' });
    const tries = await Promise.allSettled([
      act(funds.post_pending, { pending_id: ids[0], amount_fen: 60 }),
      act(funds.void_pending, { pending_id: ids[0], reason: '不买了' }),
      act(funds.post_pending, { pending_id: ids[0], amount_fen: 60 }),
    ]);
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
    const left = await balance(fund);
    assert.ok(left === 40 || left === 100);
    assert.deepEqual(await look((ctx) => funds.wrongSums(ctx)), []);
  });

  it('is corrected by a reversal, once, and a reversal stands', async () => {
    const { bank, fund } = await endowed(100);
    const { ids } = await post(fund, bank, 30);
    const reversals = await Promise.allSettled(
      [1, 2].map(() => act(funds.reverse_transfer, { transfer_id: ids[0], reason: '记错了' })),
    );
    assert.equal(reversals.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal(await balance(fund), 100);
    const done = reversals.find((one) => one.status === 'fulfilled') as PromiseFulfilledResult<{ id: string }>;
    await assert.rejects(act(funds.reverse_transfer, { transfer_id: done.value.id, reason: '再冲' }), {
      code: 'reversal_stands',
    });
  });

  it('knows what an account had at any past instant', async () => {
    const { bank, fund } = await endowed(100);
    const seen: [Date, number][] = [[now, 100]];
    for (let i = 1; i <= 5; i++) {
      now = new Date(now.getTime() + 60_000);
      await post(fund, bank, i);
      seen.push([now, await balance(fund)]);
    }
    for (const [at, amount] of seen) {
      assert.equal(await look((ctx) => funds.balanceAt(ctx, fund, at)), amount);
      assert.equal(await look((ctx) => funds.balanceAt(ctx, fund, new Date(at.getTime() + 59_000))), amount);
    }
    assert.equal(await look((ctx) => funds.balanceAt(ctx, fund, new Date(0))), 0);
  });

  it('cannot be changed by the application', async () => {
    const client = await town.environment.database.pool.connect();
    try {
      for (const text of ['update transfers set amount_fen = 1', 'delete from transfers', 'delete from accounts'])
        await assert.rejects(client.query(text), /permission denied/);
    } finally {
      client.release();
    }
  });
});

describe('a month', () => {
  it('is closed in order, when it is over, for ever, and not while a transfer into it is on its way', async () => {
    const { bank, fund } = await endowed(1000, {});
    const close = (month: string) => act(funds.close_month, { month });
    await assert.rejects(close('2026-03'), { code: 'month_not_over' });
    now = new Date('2026-04-02T02:00:00Z');
    await assert.rejects(close('2026-02'), { code: 'month_out_of_order' });
    const { ids } = await post(fund, bank, 10, { flow: 'pending', effective_on: '2026-03-31' });
    await assert.rejects(close('2026-03'), { code: 'month_has_pending' });
    await act(funds.void_pending, { pending_id: ids[0], reason: '不用了' });
    const late = Array.from({ length: 20 }, () => post(fund, bank, 1, { effective_on: '2026-03-31' }));
    const tries = await Promise.allSettled([...late, close('2026-03'), ...late]);
    const closed = tries[20] as PromiseFulfilledResult<{ transfer_count: number }>;
    assert.equal(closed.status, 'fulfilled');
    await assert.rejects(post(fund, bank, 1, { effective_on: '2026-03-31' }), { code: 'month_closed' });
    await assert.rejects(close('2026-03'), { code: 'month_out_of_order' });
    const { rows } = await town.environment.database.pool.connect().then(async (client) => {
      await client.query("select set_config('app.community_id', $1, false)", [town.community.id]);
      const found = await client.query(
        "select count(*)::int as count from transfers where flow in ('posted', 'post') and effective_on < '2026-04-01'",
      );
      client.release(true);
      return found;
    });
    assert.equal(rows[0].count, closed.value.transfer_count, 'nothing slipped in behind the closing');
  });
});
