import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { type Actor, system, visitor } from '#platform/actor.ts';
import type { Command } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { query } from '#platform/query.ts';
import type { Neighbourhood } from '#tests/factories.ts';
import { openStage } from '#tests/stage.ts';
import { balanceOf } from './account.ts';
import * as funds from './index.ts';

let town: Neighbourhood;
let now = new Date('2026-03-04T02:00:00Z');
const stage = openStage(
  (made) => {
    town = made;
  },
  () => now,
);

const treasurer = (): Actor => ({
  ...town.people.secretary,
  roles: [{ role: 'treasurer', scope_kind: 'community', scope_id: null }],
});
const act = <I, A>(command: Command<I, A>, input: unknown, actor = treasurer(), id?: string) =>
  stage.act(actor, command, input, id);
const look = <A>(run: (ctx: never) => Promise<A>) =>
  stage.see(system, query({ name: 'test', reads: 'nobody', input: z.object({}), run: run as never }), {}) as Promise<A>;
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
