import { join } from 'node:path';
import pg from 'pg';
import { openDataFolder, REPOSITORY } from '#platform/config.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { openDatabase } from '#platform/postgres/index.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { loadSecrets } from '#platform/secrets.ts';
import { type Case, casesOf, type Sample } from './cases.ts';
import { record, replay, type Statement } from './floor.ts';
import { fillUp, SCALE } from './full_scale.ts';
import { measure, type Timing } from './measure.ts';
import { measureServer } from './server.ts';

type Row = { name: string; ours: number; theirs: number | null; ratio: number | null; unit: string; note: string };

const SECONDS = 6;
/** Of so many runs the floor replays what they send: all that is searched for, twice. */
const RECORDED = 12;
const RUN = 'bench_run';

/** The main paths at full size, each beside the same SQL through the driver alone, and the memory of a server under load. */
export async function rows(progress: (text: string) => void): Promise<Row[]> {
  const data_dir = join(REPOSITORY, 'data', 'bench');
  openDataFolder(data_dir);
  const secrets = loadSecrets(data_dir);
  const database = await openDatabase({ data_dir, database_url: undefined }, secrets);
  const open = (app_url: string) =>
    openEnvironment({
      app_url,
      data_dir,
      keys: secrets.keys,
      session_key: secrets.session_key,
      log_key: secrets.log_key,
      base_url: 'http://localhost:3000',
      pool_size: 12,
    });
  try {
    await migrate(database.owner_url);
    await using(await open(database.app_url), (environment) => prepare(environment, database.owner_url, progress));
    const [owner_url, app_url] = [database.owner_url, database.app_url].map((url) => naming(url, RUN)) as [
      string,
      string,
    ];
    const superuser_url = superuserOf(database.owner_url, secrets.database.superuser);
    await copyDatabase(superuser_url, database.owner_url);
    try {
      const measured = await using(await open(app_url), (environment) => measureAll(environment, app_url, progress));
      progress('  memory and scripts of a server');
      return [...measured, ...(await measureServer(data_dir, owner_url, progress))];
    } finally {
      await withClient(superuser_url, (client) => client.query(`drop database ${RUN} with (force)`));
    }
  } finally {
    await database.stop();
  }
}

async function using<T>(environment: Environment, work: (environment: Environment) => Promise<T>): Promise<T> {
  try {
    return await work(environment);
  } finally {
    await closeEnvironment(environment);
  }
}

/** Each run begins with the same rows: it works on a copy, so that what it submits does not add up over runs. */
async function copyDatabase(superuser_url: string, owner_url: string): Promise<void> {
  const { pathname, username } = new URL(owner_url);
  await withClient(superuser_url, async (client) => {
    await client.query(`drop database if exists ${RUN} with (force)`);
    await client.query(`create database ${RUN} template ${pathname.slice(1)} owner ${username} strategy file_copy`);
  });
}

function naming(url: string, name: string): string {
  const named = new URL(url);
  named.pathname = `/${name}`;
  return named.href;
}

function superuserOf(url: string, password: string): string {
  const named = new URL(naming(url, 'postgres'));
  named.username = 'postgres';
  named.password = password;
  return named.href;
}

async function prepare(environment: Environment, owner_url: string, progress: (text: string) => void): Promise<void> {
  if ((await environment.allCommunities()).length === 0) {
    progress('seeding 130,000 residents (the first time only) …');
    const { seed } = await import('#db/seed/index.ts');
    await seed(environment, 'full', { progress });
  }
  const community = await environment.communityBySlug();
  const client = await environment.database.pool.connect();
  try {
    await client.query("select set_config('app.community_id', $1, false)", [community.id]);
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from requests');
    if (rows[0]!.count < SCALE.requests) {
      progress(`filling up to ${SCALE.requests} requests and ${SCALE.events} events …`);
      await fillUp(client, community.id);
      await withClient(owner_url, (owner) => owner.query('vacuum analyze'));
    }
  } finally {
    client.release(true);
  }
}

async function measureAll(environment: Environment, app_url: string, progress: (text: string) => void): Promise<Row[]> {
  const community = await environment.communityBySlug();
  const cases = casesOf(environment, community, await sample(environment, community));
  const rows: Row[] = [];
  for (const one of cases) {
    const statements: Statement[][] = [];
    for (let i = 0; i < RECORDED; i++) {
      // What it sends when it has been asked before.
      await one.run(i);
      statements.push(await record(() => one.run(i)));
    }
    const ours = await measure(one.run, { concurrency: one.concurrency, seconds: SECONDS, rate: one.rate });
    const floor = await floorOf(app_url, community, statements, one);
    const row = {
      name: one.name,
      ours: ours.per_second,
      theirs: floor.per_second,
      ratio: ours.per_second / floor.per_second,
      unit: '/s',
      note: `p50 ${ours.p50.toFixed(1)} p99 ${ours.p99.toFixed(1)} ms, floor p99 ${floor.p99.toFixed(1)} ms; goal ${one.goal}`,
    };
    rows.push(row);
    progress(`  ${row.name}: ${row.ours.toFixed(0)}/s, ${row.note}`);
  }
  return rows;
}

async function floorOf(app_url: string, community: Community, statements: Statement[][], one: Case): Promise<Timing> {
  const pool = new pg.Pool({ connectionString: app_url, max: one.concurrency });
  pool.on('connect', (client) => void client.query("select set_config('app.community_id', $1, false)", [community.id]));
  try {
    return await measure((i) => replay(pool, statements[i % statements.length]!), {
      concurrency: one.concurrency,
      seconds: SECONDS,
      rate: one.rate,
    });
  } finally {
    await pool.end();
  }
}

async function sample(environment: Environment, community: Community): Promise<Sample> {
  const db = environment.database.of(community.id);
  const [requests, doors, grids, categories] = await Promise.all([
    db
      .selectFrom('requests')
      .select(['number', 'reporter_id', 'latitude', 'longitude'])
      .where('is_public', '=', true)
      .where('reporter_id', 'is not', null)
      .where('latitude', 'is not', null)
      .orderBy('number')
      .limit(3000)
      .execute(),
    db.selectFrom('households').select('id').orderBy('id').limit(2000).execute(),
    db.selectFrom('grids').select('id').execute(),
    db.selectFrom('categories').select('id').where('is_private', '=', false).execute(),
  ]);
  return {
    numbers: requests.map((row) => row.number),
    reporters: requests.map((row) => row.reporter_id!),
    points: requests.map((row) => ({ latitude: row.latitude!, longitude: row.longitude! })),
    doors: doors.map((row) => row.id),
    grids: grids.map((row) => row.id),
    categories: categories.map((row) => row.id),
  };
}
