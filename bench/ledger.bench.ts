import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import {
  accountsBy,
  balanceAt,
  list_gifts,
  list_spendings,
  post_transfers,
  show_gift,
  show_ledger,
  show_period_statement,
  show_spending,
  show_statement,
} from '#modules/funds/index.ts';
import type { Actor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { openDataFolder, REPOSITORY } from '#platform/config.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { newId } from '#platform/ids.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { openDatabase } from '#platform/postgres/index.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { ask, query } from '#platform/query.ts';
import { loadSecrets } from '#platform/secrets.ts';
import { record, replay } from './floor.ts';
import { fillLedger, LEDGER_SCALE } from './ledger_scale.ts';
import { measure } from './measure.ts';

type Row = { name: string; ours: number; theirs: number | null; ratio: number | null; unit: string; note: string };
type Case = { name: string; goal: string; concurrency: number; rate?: number; run: (i: number) => Promise<unknown> };

const SECONDS = 6;
const AT_ONCE = 12;
/** Different accounts have different statements of their own: so many are recorded for the floor. */
const VARIANTS = 24;

/** The ledger at full size, each beside the same SQL through the driver alone. */
export async function rows(progress: (text: string) => void): Promise<Row[]> {
  const data_dir = process.env.YINGMEN_BENCH_LEDGER ?? join(REPOSITORY, 'data', 'bench_ledger');
  openDataFolder(data_dir);
  const secrets = loadSecrets(data_dir);
  const database = await openDatabase({ data_dir, database_url: undefined }, secrets);
  await migrate(database.owner_url);
  const { keys, session_key } = secrets;
  const base_url = 'http://localhost:3000';
  const environment = await openEnvironment({
    app_url: database.app_url,
    data_dir,
    keys,
    session_key,
    base_url,
    pool_size: AT_ONCE,
  });
  try {
    const community = await prepare(environment, database.owner_url, progress);
    const rows: Row[] = [];
    for (const one of [...(await casesOf(environment, community)), ...(await publicCases(environment, community))]) {
      const row = await rowOf(database.app_url, community, one);
      rows.push(row);
      progress(`  ${row.name}: ${row.ours.toFixed(0)}/s, ${row.note}`);
    }
    return rows;
  } finally {
    await closeEnvironment(environment);
    await database.stop();
  }
}

async function prepare(
  environment: Environment,
  owner_url: string,
  progress: (text: string) => void,
): Promise<Community> {
  if ((await environment.allCommunities()).length === 0) {
    const { foundCommunity } = await import('#db/found.ts');
    const names = { 'zh-CN': '账本', en: 'Ledger' };
    const where = { latitude: 31.8, longitude: 117.2, time_zone: 'Asia/Shanghai' };
    await foundCommunity(environment, { slug: 'ledger', names, phone: '13800000000', ...where });
  }
  const { id } = await environment.communityBySlug();
  await withClient(owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [id]);
    if ((await client.query('select 1 from transfers limit 1')).rowCount) return;
    progress(`  writing ${LEDGER_SCALE.transfers} transfers (the first time only) …`);
    await client.query('begin');
    await fillLedger(client, id, environment.keys);
    await client.query('commit');
    await client.query('vacuum analyze');
  });
  return environment.communityBySlug();
}

const treasurer: Actor = {
  ...{ kind: 'person', id: newId(), roles: [{ role: 'treasurer', scope_kind: 'community', scope_id: null }] },
};

async function casesOf(environment: Environment, community: Community): Promise<Case[]> {
  const caller = { actor: treasurer, community, via: 'bench' };
  const list = query({
    ...{ name: 'bench', reads: 'nobody', input: z.object({ kind: z.enum(['bank', 'fund']) }) },
    run: (ctx, { kind }) => accountsBy(ctx, { kind, limit: 1000 }),
  });
  const [banks, funds] = [
    await ask(environment, caller, list, { kind: 'bank' }),
    await ask(environment, caller, list, { kind: 'fund' }),
  ];
  const at = query({
    ...{ name: 'bench', reads: 'nobody', input: z.object({ id: z.string(), at: z.date() }) },
    run: (ctx, input) => balanceAt(ctx, input.id, input.at),
  });
  const of = <T>(all: readonly T[], i: number) => all[i % all.length]!;
  const past = (i: number) => new Date(Date.now() - ((i * 7919) % 1000) * 86_400_000);
  const give = (i: number, bank: { id: string }) => {
    const transfer = {
      kind: 'interest',
      debit_account_id: bank.id,
      credit_account_id: of(funds, i).id,
      amount_fen: 100,
    };
    return perform(environment, { ...caller, id: newId() }, post_transfers, { transfers: [transfer] });
  };
  const public_caller = { ...caller, actor: { kind: 'visitor', id: newId(), roles: [] } as unknown as Actor };
  const statement = (i: number, more: object) =>
    ask(environment, public_caller, show_statement, { account_id: of(funds, i).id, ...more });
  const deep = (i: number) => statement(i, { from: new Date(past(i).getTime() - 90 * 86_400_000), until: past(i) });
  return [
    { name: 'post a transfer', goal: '≥ 500/s', concurrency: AT_ONCE, run: (i) => give(i, of(banks, i)) },
    {
      name: 'post a transfer, all into one bank account',
      goal: 'as fast as the floor',
      concurrency: AT_ONCE,
      run: (i) => give(i, banks[0]!),
    },
    {
      name: 'the public ledger',
      goal: 'p99 < 100 ms',
      concurrency: 4,
      rate: 40,
      run: () => ask(environment, public_caller, show_ledger, {}),
    },
    {
      name: 'a statement, its latest lines',
      goal: 'p99 < 100 ms',
      concurrency: 4,
      rate: 100,
      run: (i) => statement(i, {}),
    },
    { name: 'a statement of three months long ago', goal: 'p99 < 100 ms', concurrency: 4, rate: 100, run: deep },
    {
      ...{ name: 'a fund over a year', goal: 'p99 < 100 ms', concurrency: 2, rate: 20 },
      run: (i) =>
        ask(environment, public_caller, show_period_statement, {
          ...{ fund_id: of(funds, i).id, from_on: dayOf(past(i), -365), until_on: dayOf(past(i), 0) },
        }),
    },
    {
      name: 'a balance at a past instant',
      goal: 'p99 < 50 ms',
      concurrency: 4,
      run: (i) => ask(environment, caller, at, { id: of(i % 2 ? funds : banks, i).id, at: past(i) }),
    },
  ];
}

const dayOf = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** What a stranger opens on the pages of the money. */
async function publicCases(environment: Environment, community: Community): Promise<Case[]> {
  const caller = { actor: { kind: 'visitor', id: newId(), roles: [] } as unknown as Actor, community, via: 'bench' };
  const of = <T>(all: readonly T[], i: number) => all[(i * 7919) % all.length]!;
  const [gifts, paid] = [
    (await ask(environment, caller, list_gifts, { limit: 1000 })).gifts.filter((one) => one.kind === 'money'),
    (await ask(environment, caller, list_spendings, { limit: 1000 })).spendings,
  ];
  const rate = { concurrency: 4, rate: 40, goal: 'p99 < 100 ms' };
  const year = String(new Date().getFullYear() - 1);
  return [
    {
      ...rate,
      name: 'the public ledger of a year',
      run: () => ask(environment, caller, show_ledger, { period: year }),
    },
    { ...rate, name: 'a page of gifts', run: () => ask(environment, caller, list_gifts, {}) },
    {
      ...rate,
      name: 'a page of receipts of one use in a year',
      run: () => ask(environment, caller, list_spendings, { category: 'care', period: year }),
    },
    {
      ...rate,
      name: 'a gift followed to its receipts',
      run: (i) => ask(environment, caller, show_gift, { id: of(gifts, i).id }),
    },
    {
      ...rate,
      name: 'a receipt followed to its gifts',
      run: (i) => ask(environment, caller, show_spending, { id: of(paid, i).id }),
    },
  ];
}

async function rowOf(app_url: string, community: Community, one: Case): Promise<Row> {
  // What it sends when it has been asked before.
  await one.run(0);
  const sent: Awaited<ReturnType<typeof record>>[] = [];
  for (let i = 0; i < VARIANTS; i++) sent.push(await record(() => one.run(i)));
  const { concurrency, rate, name, goal } = one;
  const ours = await measure(one.run, { concurrency, seconds: SECONDS, rate });
  const pool = new pg.Pool({ connectionString: app_url, max: concurrency });
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.query("select set_config('app.community_id', $1, false)", [community.id]));
  try {
    const floor = await measure((i) => replay(pool, sent[i % VARIANTS]!), { concurrency, seconds: SECONDS, rate });
    return {
      ...{
        name,
        ours: ours.per_second,
        theirs: floor.per_second,
        ratio: ours.per_second / floor.per_second,
        unit: '/s',
      },
      note: `p50 ${ours.p50.toFixed(1)} p99 ${ours.p99.toFixed(1)} ms, floor p99 ${floor.p99.toFixed(1)} ms; goal ${goal}`,
    };
  } finally {
    await pool.end();
  }
}
