import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, it } from 'node:test';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import * as funds from '#modules/funds/index.ts';
import { WITNESSES } from '#modules/insight/index.ts';
import * as log from '#modules/log/index.ts';
import { type Actor, system } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import type { DB } from '#platform/db.generated.ts';
import { newId } from '#platform/ids.ts';
import { openTestServer } from '#tests/database.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { decideInCouncil, deliverProjects } from './council_and_projects.ts';
import { giveAndSpend } from './gifts_and_spendings.ts';
import { query, someChange } from './tampering.ts';

const CHANGES = Number(process.env.TAMPERINGS ?? 1_000);
/** What the changes are made from: the same again with TAMPER_SEED. */
const SEED = Number(process.env.TAMPER_SEED ?? randomInt(1_000_000));
const AT_ONCE = 3;
let town: Neighbourhood;
let root: Kysely<DB>;
let now = Date.parse('2026-03-04T02:00:00Z');
const tick = () => {
  now += 1_000;
  return new Date(now);
};
before(async () => {
  town = await makeNeighbourhood({ clock: tick });
  const url = new URL((await openTestServer()).superuser_url);
  url.pathname = new URL(town.owner_url).pathname;
  pg.types.setTypeParser(20, Number);
  root = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url.href, max: AT_ONCE }) }),
  });
  await keepBooks();
  // Checks would stop some of what follows, and foreign keys; whoever owns the machine can leave them out.
  const checks = ['accounts_check', 'accounts_check1'].map((name) => `drop constraint if exists ${name}`).join(', ');
  await root.transaction().execute((tx) => query(tx, `alter table accounts ${checks}`));
});
after(async () => {
  await root.destroy();
  await town.close();
});

/** Some months of money, logged and signed. */
async function keepBooks(): Promise<void> {
  const treasurer: Actor = {
    ...town.people.secretary,
    roles: [{ role: 'treasurer', scope_kind: 'community', scope_id: null }],
  };
  const act = <I, A>(command: Command<I, A>, input: unknown) =>
    perform(town.environment, { actor: treasurer, community: town.community, via: 'test' }, command, input);
  const names = { 'zh-CN': '账户', en: 'Account' };
  const open = async (kind: string, more = {}) => (await act(funds.open_account, { kind, names, ...more })).id;
  const post = (kind: string, debit_account_id: string, credit_account_id: string, amount_fen: number, more = {}) =>
    act(funds.post_transfers, {
      transfers: [{ kind, debit_account_id, credit_account_id, amount_fen, reason: '买灯', ...more }],
    });
  const [bank, fund] = [await open('bank'), await open('fund')];
  const line = await open('budget_line', { fund_id: fund, category: 'repairs' });
  for (let i = 1; i <= 6; i++) {
    await post('donation', bank, fund, 1000 * i, { effective_on: `2026-0${1 + (i % 2)}-10` });
    await post('allocation', fund, line, 200 * i);
    const { ids } = await post('expense', line, bank, 100 * i, { flow: 'pending' });
    if (i % 3) await act(funds.post_pending, { pending_id: ids[0] });
    await log.appendAll(town.environment, town.community);
    if (i % 3 === 0) await log.signOpenHead(town.environment, town.community);
  }
  await giveAndSpend(town, bank, fund, act);
  await decideInCouncil(town);
  await deliverProjects(town, treasurer, { fund_account_id: fund, bank_account_id: bank });
  await act(funds.close_month, { month: '2026-01' });
  now += 3_600_000;
  await log.appendAll(town.environment, town.community);
  await log.signOpenHead(town.environment, town.community);
  await log.appendAll(town.environment, town.community);
}

const ctxOf = (tx: Transaction<DB>): Ctx => ({
  ...{ tx, actor: system, community: town.community, now: new Date(now + 7_200_000), keys: town.environment.keys },
  ...{ command_id: newId(), via: 'test', newId: () => newId(), events: [], jobs: [] },
});

async function verdict(tx: Transaction<DB>): Promise<log.LogVerdict> {
  const verifier = log.keyOf(town.environment, town.community).verifier;
  return log.verifyLog(ctxOf(tx), { verifier, witnesses: WITNESSES });
}

it('an untouched ledger and log verify', async () => {
  await root.transaction().execute(async (tx) => assert.deepEqual((await verdict(tx)).findings, []));
});

it(`${CHANGES} random changes (seed ${SEED}) by somebody with every right are all reported, naming the table and the row`, async () => {
  const missed: string[] = [];
  let [next, changed] = [0, 0];
  const turn = async (tx: Transaction<DB>, number: number) => {
    const what = await unnamed(tx, SEED + number);
    if (what !== undefined) changed++;
    if (what) missed.push(`${SEED + number}: ${what}`);
    throw new Undone();
  };
  // While one is computed, the database works for the others: what each changes nobody else sees.
  const work = async () => {
    for (let number = next++; number < CHANGES; number = next++)
      await root
        .transaction()
        .execute((tx) => turn(tx, number))
        .catch((error) => {
          if (!(error instanceof Undone)) throw error;
        });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  assert.ok(changed > CHANGES * 0.9, `only ${changed} turns changed a row`);
  assert.deepEqual(missed.slice(0, 10), []);
});

/** Makes the change of a turn: what it was if nothing named it, '' if it was named, undefined if it changed nothing. */
async function unnamed(tx: Transaction<DB>, seed: number): Promise<string | undefined> {
  await query(tx, "set local session_replication_role = 'replica'");
  const { what, table, id, sql } = await someChange(tx, seed);
  const rows = () => query(tx, `select md5(string_agg(t::text, ',' order by t::text)) as all from ${table} t`);
  const before = await rows();
  const [moved] = (await query(tx, sql)) as { id: string }[];
  if (JSON.stringify(before) === JSON.stringify(await rows())) return undefined;
  const { ok, findings } = await verdict(tx);
  // A row that was given another key is named by either.
  const isNamed = [id, moved?.id ?? id].some((key) =>
    findings.some((one) => key === '' || one.id === key || one.id.includes(key) || key.startsWith(`${one.id}/`)),
  );
  const isAbout = findings.some((one) => one.table === table || OTHERS.includes(one.table) || PARTS.includes(table));
  const isEnough = !ok && isAbout && (isNamed || ['log_heads', 'log_leaves', 'events'].includes(table));
  return isEnough ? '' : `${what} of ${table} ${id}: ${JSON.stringify(findings.slice(0, 3))}`;
}

/** What is kept beside others is named with them. */
const OTHERS = ['events', 'log_heads', 'log_nodes', 'transfers', 'accounts', 'closed_months'];
/** Whoever changes what belongs to a spending, a grant or a promise is named by it. */
const PARTS = ['spending_approvals', 'spending_files', 'grant_instalments', 'pledge_donations'];
class Undone extends Error {}
