import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { foundCommunity } from '#db/found.ts';
import * as funds from '#modules/funds/index.ts';
import { type Actor, system } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { openDataFolder } from '#platform/config.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { newId } from '#platform/ids.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { type OpenDatabase, openDatabase } from '#platform/postgres/index.ts';
import { readPostmaster } from '#platform/postgres/postmaster.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { ask, query } from '#platform/query.ts';
import { loadSecrets } from '#platform/secrets.ts';
import { bringPhoto } from '#tests/factories.ts';

const data_dir = mkdtempSync(join(tmpdir(), 'yingmen-ledger-'));
let database: OpenDatabase;
let superuser_url: string;
let environment: Environment;
let community: Community;
/** A treasurer who asks and another person who approves. */
const person = (role: Actor['roles'][number]['role']): Actor => ({
  ...{ kind: 'person', id: newId(), roles: [{ role, scope_kind: 'community', scope_id: null }] },
});
const [treasurer, secretary, desk] = [person('treasurer'), person('secretary'), person('desk_officer')];

before(async () => {
  openDataFolder(data_dir);
  const secrets = loadSecrets(data_dir);
  // A server of its own, as durable as by default: this one is killed.
  database = await openDatabase({ data_dir, database_url: undefined }, secrets);
  const url = new URL(database.owner_url);
  Object.assign(url, { username: 'postgres', password: secrets.database.superuser });
  superuser_url = url.href;
  await migrate(database.owner_url);
  const { keys, session_key } = secrets;
  environment = await openEnvironment({
    app_url: database.app_url,
    data_dir,
    keys,
    session_key,
    base_url: 'http://localhost',
  });
  const names = { 'zh-CN': '测试', en: 'Test' };
  const place = { latitude: 31.8, longitude: 117.2, time_zone: 'Asia/Shanghai' };
  await foundCommunity(environment, { slug: 'test', names, phone: '13800000000', ...place });
  community = await environment.communityBySlug();
});
after(async () => {
  await closeEnvironment(environment);
  await database.stop();
  rmSync(data_dir, { recursive: true, force: true });
});

const act = <I, A>(command: Command<I, A>, input: unknown, id = newId(), actor = treasurer): Promise<A> =>
  perform(environment, { actor, community, via: 'test', id }, command, input);
const open = async (kind: string) =>
  (await act(funds.open_account, { kind, names: { 'zh-CN': '账户', en: 'Account' } })).id;
const look = <A>(run: (ctx: never) => Promise<A>) =>
  ask(
    ...([environment, { actor: system, community, via: 'test' }] as const),
    query({ name: 'test', reads: 'nobody', input: z.object({}), run: run as never }),
    {},
  ) as Promise<A>;
const balance = async (id: string) => funds.balanceOf((await look((ctx) => funds.findAccount(ctx, id)))!);
const transfer = (kind: string, debit_account_id: string, credit_account_id: string, amount_fen: number) => ({
  transfers: [{ kind, debit_account_id, credit_account_id, amount_fen }],
});
const count = async (table: 'transfers' | 'spending_approvals') =>
  Number(
    (
      await environment.database
        .of(community.id)
        .selectFrom(table)
        .select((of) => of.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
    ).count,
  );

describe('the database killed under load', () => {
  it('loses nothing that was acknowledged, and what is sent again happens once', async () => {
    const [bank, fund] = [await open('bank'), await open('fund')];
    await act(funds.post_transfers, transfer('donation', bank, fund, 60));
    const acknowledged = new Map<string, unknown>();
    const refused = new Set<string>();
    const sent: { id: string; input: object }[] = [];
    let lost = 0;
    /** Sends under one id until there is an answer, as a phone does that has no signal. */
    const send = async (id: string, input: object): Promise<void> => {
      for (let tries = 0; tries < 1_200; tries++) {
        try {
          acknowledged.set(id, await act(funds.post_transfers, input, id));
          return;
        } catch (error) {
          if ((error as { code?: string }).code === 'balance_exceeded') return void refused.add(id);
          lost++;
          await sleep(50);
        }
      }
    };
    const until = { answers: 120 };
    const sender = async (turn: number) => {
      while (sent.length < 300) {
        const [id, isGift] = [newId(), (sent.length + turn) % 3 === 0];
        const input = isGift ? transfer('donation', bank, fund, 5) : transfer('refund', fund, bank, 7);
        sent.push({ id, input });
        await send(id, input);
      }
    };
    const killing = (async () => {
      while (acknowledged.size + refused.size < until.answers) await sleep(5);
      process.kill(readPostmaster(join(data_dir, 'postgres'))!.pid, 'SIGKILL');
      return new Set(acknowledged.keys());
    })();
    await Promise.all([...Array.from({ length: 8 }, (_, turn) => sender(turn))]);
    const before_kill = await killing;
    assert.ok(lost > 0, 'somebody was waiting for an answer');
    const written = await count('transfers');
    assert.equal(written, acknowledged.size + 1);
    for (const id of before_kill) assert.ok(acknowledged.has(id));
    const again = sent.filter(({ id }) => acknowledged.has(id));
    for (const { id, input } of again)
      assert.deepEqual(await act(funds.post_transfers, input, id), acknowledged.get(id));
    assert.equal(await count('transfers'), written, 'nothing was done twice');
    const gifts = again.filter(({ input }) => JSON.stringify(input).includes('donation')).length;
    const left = 60 + 5 * gifts - 7 * (again.length - gifts);
    assert.deepEqual([await balance(fund), await balance(bank)], [left, left]);
    assert.ok(left >= 0);
    assert.deepEqual(await look((ctx) => funds.wrongSums(ctx)), []);
  });
});

describe('a spending whose connection ends between any two of its steps', () => {
  it('is posted once or not at all, and once when it is sent again', async () => {
    const [bank, fund] = [await open('bank'), await open('fund')];
    await act(funds.post_transfers, transfer('donation', bank, fund, 100_000_000));
    const hash = 'a'.repeat(64);
    await bringPhoto({ environment, community }, hash, desk);
    const asked = {
      ...{ debit_account_id: fund, credit_account_id: bank, amount_fen: 600_000, purpose: '买灯' },
      ...{ category: 'meetings', payee_name: '五金店', file_hashes: [hash] },
    };
    let spent = 0;
    for (let step = 0, ended = true; ended; step++) {
      const { id } = await act(funds.request_spending, asked, newId(), desk);
      await act(funds.approve_spending, { id }, newId(), secretary);
      const command_id = newId();
      const approve = () => act(funds.approve_spending, { id }, command_id);
      ended = await endingAt(step, approve);
      assert.equal((await approve()).state, 'posted');
      spent++;
      assert.equal(await balance(fund), 100_000_000 - 600_000 * spent, `ended at step ${step}`);
      assert.deepEqual(await look((ctx) => funds.wrongSums(ctx)), []);
      assert.ok(step < 60);
    }
    assert.ok(spent > 8, 'a spending has many steps');
    assert.equal(await count('spending_approvals'), 2 * spent);
    assert.deepEqual(await look((ctx) => funds.ledgerWitness(ctx)), []);
  });
});

type Query = (...all: unknown[]) => Promise<unknown>;

/** Runs something whose connection is ended by the server just before the n-th statement it sends; false when it sends fewer. */
async function endingAt(step: number, run: () => Promise<unknown>): Promise<boolean> {
  const original = pg.Client.prototype.query;
  let [sent, has_ended] = [0, false];
  const counting = async function (this: pg.Client, ...args: unknown[]) {
    if (sent++ === step) {
      has_ended = true;
      const { processID } = this as unknown as { processID: number };
      await withClient(superuser_url, (other) =>
        (original as Query).call(other, 'select pg_terminate_backend($1, 1000)', [processID]),
      );
    }
    return (original as Query).apply(this, args);
  };
  (pg.Client.prototype as { query: unknown }).query = counting;
  try {
    await run().catch((error) => assert.ok(has_ended, String(error)));
  } finally {
    pg.Client.prototype.query = original;
  }
  return has_ended;
}
