import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import * as funds from '#modules/funds/index.ts';
import * as log from '#modules/log/index.ts';
import { type Actor, system } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import type { DB } from '#platform/db.generated.ts';
import { newId } from '#platform/ids.ts';
import { openTestServer } from '#tests/database.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { giveAndSpend } from './gifts_and_spendings.ts';

const CHANGES = Number(process.env.TAMPERINGS ?? 1_000);
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
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url.href, max: 1 }) }),
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
    await log.signOpenHead(town.environment, town.community);
  }
  await giveAndSpend(town, bank, fund, act);
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
  return log.verifyLog(ctxOf(tx), { verifier, witnesses: [funds.ledgerWitness] });
}

type Change = {
  what: string;
  table: string;
  id: string;
  run(client: (text: string, values?: unknown[]) => Promise<unknown>): Promise<unknown>;
};

/** A random change of a random row, as somebody with every right in the database would make it. */
async function someChange(tx: Transaction<DB>, turn: number): Promise<Change> {
  const random = randomOf(turn);
  const pick = <T>(all: readonly T[]): T => all[random(all.length)]!;
  const rows = async (text: string) => (await query(tx, text)) as Record<string, unknown>[];
  const table = pick([
    'transfers',
    'transfers',
    'transfers',
    'events',
    'events',
    'accounts',
    'log_leaves',
    'log_nodes',
    'log_heads',
    'closed_months',
    'donations',
    'spendings',
    'spending_approvals',
    'spending_files',
    'monthly_spending',
    'receipt_numbers',
    'pledges',
    'pledge_donations',
    'grants',
    'grant_instalments',
    'advances',
    'campaigns',
    'disclosures',
  ]);
  const keys: Record<string, string> = {
    ...{ transfers: 'id::text', events: 'id::text', accounts: 'id::text', log_leaves: 'leaf_index::text' },
    ...{ log_nodes: "level || '/' || node_index", log_heads: 'size::text', closed_months: 'month::text' },
    ...{ donations: 'id::text', spendings: 'id::text', spending_files: "spending_id || '/' || file_hash" },
    ...{ spending_approvals: "spending_id || '/' || approver_id", receipt_numbers: 'year::text' },
    ...{ pledges: 'id::text', grants: 'id::text', campaigns: 'id::text', disclosures: 'id::text' },
    ...{ grant_instalments: "grant_id || '/' || number", pledge_donations: "pledge_id || '/' || donation_id" },
    ...{ advances: 'spending_id::text', monthly_spending: "account_id || '/' || category || '/' || month" },
  };
  const only = table === 'events' ? `where kind ~ '${log.LOGGED}'` : '';
  const found = await rows(`select ${keys[table]} as id from ${table} ${only} order by 1`);
  const id = pick(found).id as string;
  const where = `${keys[table]} = '${id}'`;
  const edits: Record<string, string[]> = {
    transfers: [
      'amount_fen = amount_fen + 1',
      "reason = 'x'",
      "at = at + interval '1 day'",
      'effective_on = effective_on - 40',
      `actor_id = '${newId()}'`,
      'debit_balance_fen = debit_balance_fen + 5',
      `cause_id = '${newId()}', cause_kind = 'x'`,
      'debit_account_id = credit_account_id, credit_account_id = debit_account_id',
      "category = 'other'",
      "kind = 'interest'",
    ],
    events: [
      'data = data || \'{"amount_fen": 1}\'',
      "at = at - interval '1 second'",
      `actor_id = '${newId()}'`,
      "kind = 'motion.put'",
      `subject_id = '${newId()}'`,
    ],
    accounts: [
      'debits_posted_fen = debits_posted_fen + 1, credits_posted_fen = credits_posted_fen + 1',
      "currency = 'USD'",
      'restriction = \'{"projects": []}\'',
      `project_id = '${newId()}'`,
    ],
    log_leaves: ["leaf_hash = sha256('x')", `event_id = '${newId()}'`],
    log_nodes: ["hash = sha256('x')"],
    log_heads: ["root = sha256('x')", "note = note || ' '", "note = replace(note, 'yingmen', 'yingmem')"],
    closed_months: ['amount_fen = amount_fen + 1', 'transfer_count = transfer_count - 1'],
    donations: [
      'received_on = received_on - 1',
      "description = 'x'",
      `donor_id = '${newId()}'`,
      'receipt_number = receipt_number + 100',
    ],
    spendings: [
      'amount_fen = amount_fen + 1',
      "purpose = 'x'",
      "category = 'care'",
      'approvals_needed = 3 - approvals_needed',
      'is_photo_public = not is_photo_public',
    ],
    spending_approvals: [`approver_id = '${newId()}'`],
    spending_files: ["file_hash = 'e'"],
    monthly_spending: ['amount_fen = amount_fen + 1', 'count = count + 1'],
    receipt_numbers: ['last_number = last_number + 1'],
    pledges: [
      'amount_fen = amount_fen + 1',
      'due_on = due_on + 1',
      'wish = \'{"projects": []}\'',
      `lapsed_at = case when lapsed_at is null then now() end, lapsed_by_id = case when lapsed_at is null then '${newId()}'::uuid end`,
    ],
    pledge_donations: [`donation_id = '${newId()}'`],
    grants: ['amount_fen = amount_fen + 1', "party_identifier = 'x'", 'awarded_on = awarded_on + 1'],
    grant_instalments: ['amount_fen = amount_fen + 1', "condition = 'x'", `spending_id = '${newId()}'`],
    advances: ['due_on = due_on + 1', `account_id = '${newId()}'`],
    campaigns: ['ends_on = ends_on + 1', 'starts_on = starts_on - 1', "filed_number = 'x'"],
    disclosures: ["text = text || ' '", "sha256 = repeat('0', 64)", 'until_on = until_on + 1'],
  };
  const how = pick(['edit', 'edit', 'edit', 'delete', 'insert', 'reorder', 'truncate']);
  if (how === 'delete')
    return { what: 'delete', table, id, run: (client) => client(`delete from ${table} where ${where}`) };
  if (how === 'truncate' && table !== 'log_heads')
    return {
      what: 'truncate',
      table,
      id: '',
      run: (client) => client(`delete from ${table} where ${keys[table]} >= '${id}' ${only.replace('where', 'and')}`),
    };
  const added = newId();
  if (how === 'insert' && table === 'transfers')
    return {
      ...{ what: 'insert', table, id: added },
      run(client) {
        return client(
          `insert into transfers (community_id, id, batch_id, kind, flow, debit_account_id, credit_account_id, amount_fen, effective_on, at, actor_id, debit_balance_fen, credit_balance_fen)
           select community_id, $1, batch_id, kind, 'posted', debit_account_id, credit_account_id, amount_fen, effective_on, at, actor_id, debit_balance_fen, credit_balance_fen
           from transfers where ${where}`,
          [added],
        );
      },
    };
  if (how === 'insert' && table === 'events')
    return {
      ...{ what: 'insert', table, id: added },
      run(client) {
        return client(
          `insert into events select community_id, $1, kind, at, actor_id, on_behalf_of_id, command_id, subject_kind, subject_id, data from events where ${where}`,
          [added],
        );
      },
    };
  if (how === 'reorder' && (table === 'transfers' || table === 'log_leaves')) {
    const other = pick(found.filter((row) => row.id !== id)).id as string;
    const swap =
      table === 'transfers'
        ? `update transfers t set at = o.at from transfers o where t.id <> o.id and t.id::text in ('${id}', '${other}') and o.id::text in ('${id}', '${other}') and t.at <> o.at`
        : `update log_leaves l set leaf_hash = o.leaf_hash from log_leaves o where l.leaf_index <> o.leaf_index and l.leaf_index in (${id}, ${other}) and o.leaf_index in (${id}, ${other})`;
    return { what: 'reorder', table, id, run: (client) => client(swap) };
  }
  const set = pick(edits[table]!);
  return { what: `set ${set}`, table, id, run: (client) => client(`update ${table} set ${set} where ${where}`) };
}

async function query(tx: Transaction<DB>, text: string, values: unknown[] = []): Promise<unknown[]> {
  const { rows } = await tx.executeQuery({
    sql: text,
    parameters: values,
    query: { kind: 'RawNode' } as never,
    queryId: { queryId: 'x' },
  });
  return rows;
}

/** Numbers that are the same for the same turn. */
function randomOf(turn: number): (below: number) => number {
  let state = (turn + 1) * 2_654_435_761;
  return (below) => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return state % below;
  };
}

it('an untouched ledger and log verify', async () => {
  await root.transaction().execute(async (tx) => assert.deepEqual((await verdict(tx)).findings, []));
});

it(`${CHANGES} random changes by somebody with every right are all reported, naming the table and the row`, async () => {
  const missed: string[] = [];
  for (let turn = 0; turn < CHANGES; turn++) {
    await root
      .transaction()
      .execute(async (tx) => {
        await query(tx, "set local session_replication_role = 'replica'");
        await query(
          tx,
          `alter table accounts drop constraint if exists accounts_check, drop constraint if exists accounts_check1`,
        );
        const change = await someChange(tx, turn);
        const before = await query(
          tx,
          `select md5(string_agg(t::text, ',' order by t::text)) as all from ${change.table} t`,
        );
        await change.run((text, values) => query(tx, text, values));
        const after = await query(
          tx,
          `select md5(string_agg(t::text, ',' order by t::text)) as all from ${change.table} t`,
        );
        if (JSON.stringify(before) === JSON.stringify(after)) throw new Undone();
        const { ok, findings } = await verdict(tx);
        const names = findings.some(
          (one) =>
            change.id === '' ||
            one.id === change.id ||
            one.id.includes(change.id) ||
            change.id.startsWith(`${one.id}/`),
        );
        const isAbout = findings.some(
          ({ table }) =>
            table === change.table ||
            ['events', 'log_heads', 'log_nodes', 'transfers', 'accounts', 'closed_months'].includes(table) ||
            PARTS.includes(change.table),
        );
        if (ok || !isAbout || (!names && !['log_heads', 'log_leaves', 'events'].includes(change.table)))
          missed.push(
            `${turn}: ${change.what} of ${change.table} ${change.id}: ${JSON.stringify(findings.slice(0, 3))}`,
          );
        throw new Undone();
      })
      .catch((error) => {
        if (!(error instanceof Undone)) throw error;
      });
  }
  assert.deepEqual(missed.slice(0, 10), []);
});

/** Whoever changes what belongs to a spending, a grant or a promise is named by it. */
const PARTS = ['spending_approvals', 'spending_files', 'grant_instalments', 'pledge_donations'];
class Undone extends Error {}
