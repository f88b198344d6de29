import { join } from 'node:path';
import pg from 'pg';
import {
  find_similar,
  list_requests,
  map_requests,
  show_measures,
  show_request,
  submit_request,
} from '#modules/requests/index.ts';
import type { Actor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { openDataFolder, REPOSITORY } from '#platform/config.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { openDatabase } from '#platform/postgres/index.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { ask } from '#platform/query.ts';
import { loadSecrets } from '#platform/secrets.ts';
import { record, replay, type Statement } from './floor.ts';
import { fillUp, SCALE } from './full_scale.ts';
import { measure, type Timing } from './measure.ts';

type Row = { name: string; ours: number; theirs: number | null; ratio: number | null; unit: string; note: string };

const SECONDS = 6;

/** The main paths at full size, each beside the same SQL through the driver alone. */
export async function rows(progress: (text: string) => void): Promise<Row[]> {
  const data_dir = join(REPOSITORY, 'data', 'bench');
  openDataFolder(data_dir);
  const secrets = loadSecrets(data_dir);
  const database = await openDatabase({ data_dir, database_url: undefined }, secrets);
  try {
    await migrate(database.owner_url);
    const environment = await openEnvironment({
      app_url: database.app_url,
      data_dir,
      keys: secrets.keys,
      session_key: secrets.session_key,
      base_url: 'http://localhost:3000',
      pool_size: 12,
    });
    try {
      await prepare(environment, database.owner_url, progress);
      return await measureAll(environment, database.app_url, progress);
    } finally {
      await closeEnvironment(environment);
    }
  } finally {
    await database.stop();
  }
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

type Case = { name: string; goal: string; concurrency: number; rate?: number; run: (i: number) => Promise<unknown> };

async function measureAll(environment: Environment, app_url: string, progress: (text: string) => void): Promise<Row[]> {
  const community = await environment.communityBySlug();
  const found = await sample(environment, community);
  const resident: Actor = { kind: 'person', id: found.reporters[0]!, roles: [] };
  const caller = (actor: Actor) => ({ actor, community, via: 'bench' });
  const secretary: Actor = {
    kind: 'person',
    id: found.reporters[1]!,
    roles: [{ role: 'secretary', scope_kind: 'community', scope_id: null }],
  };
  const WORDS = ['楼道灯', '垃圾桶', '电梯', '装修', '停车', '漏水'];
  const year = () => ({ from: new Date(environment.clock().getTime() - 365 * 86_400_000) });
  const cases: Case[] = [
    {
      name: 'submit a request',
      goal: '≥ 400/s, p99 < 100 ms',
      concurrency: 12,
      run: (i) =>
        perform(
          environment,
          caller({ ...resident, id: found.reporters[i % found.reporters.length]! }),
          submit_request,
          {
            category: { code: 'repairs' },
            text: `楼道灯坏了 ${i}`,
            wants_public: true,
            place: { household_id: found.doors[i % found.doors.length] },
          },
        ),
    },
    {
      name: 'a request’s page',
      goal: 'p99 < 50 ms at 200/s',
      concurrency: 12,
      rate: 200,
      run: (i) => ask(environment, caller(resident), show_request, { number: found.numbers[i % found.numbers.length] }),
    },
    {
      name: 'list with filters',
      goal: 'p99 < 80 ms',
      concurrency: 4,
      run: (i) =>
        ask(environment, caller(resident), list_requests, {
          category_ids: [found.categories[i % found.categories.length]],
          grid_id: found.grids[i % found.grids.length],
          phase: 'ended',
          count: true,
        }),
    },
    {
      name: 'map of a list',
      goal: 'p99 < 80 ms',
      concurrency: 4,
      run: (i) =>
        ask(environment, caller(resident), map_requests, { grid_id: found.grids[i % found.grids.length], limit: 300 }),
    },
    {
      name: 'search Chinese text',
      goal: 'p99 < 80 ms',
      concurrency: 4,
      run: (i) => ask(environment, caller(resident), list_requests, { words: WORDS[i % WORDS.length] }),
    },
    {
      name: 'requests like this near by',
      goal: 'p99 < 80 ms',
      concurrency: 4,
      run: (i) =>
        ask(environment, caller(resident), find_similar, {
          text: '楼道的灯坏了',
          ...found.points[i % found.points.length],
        }),
    },
    {
      name: 'overview with all measures',
      goal: '< 150 ms',
      concurrency: 1,
      run: () => ask(environment, caller(secretary), show_measures, year()),
    },
  ];
  const rows: Row[] = [];
  for (const one of cases) {
    progress(`  ${one.name}`);
    const statements = await record(() => one.run(0));
    const ours = await measure(one.run, { concurrency: one.concurrency, seconds: SECONDS, rate: one.rate });
    const floor = await floorOf(app_url, community, statements, one);
    rows.push({
      name: one.name,
      ours: ours.per_second,
      theirs: floor.per_second,
      ratio: ours.per_second / floor.per_second,
      unit: '/s',
      note: `p50 ${ours.p50.toFixed(1)} p99 ${ours.p99.toFixed(1)} ms, floor p99 ${floor.p99.toFixed(1)} ms; goal ${one.goal}`,
    });
  }
  return rows;
}

async function floorOf(app_url: string, community: Community, statements: Statement[], one: Case): Promise<Timing> {
  const pool = new pg.Pool({ connectionString: app_url, max: one.concurrency });
  pool.on('connect', (client) => void client.query("select set_config('app.community_id', $1, false)", [community.id]));
  try {
    return await measure(() => replay(pool, statements), {
      concurrency: one.concurrency,
      seconds: SECONDS,
      rate: one.rate,
    });
  } finally {
    await pool.end();
  }
}

/** Things of the neighbourhood to ask about. */
async function sample(environment: Environment, community: Community) {
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
