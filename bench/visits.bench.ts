import { join } from 'node:path';
import { end_round, list_due_doors, plan_round } from '#modules/visits/index.ts';
import type { Actor } from '#platform/actor.ts';
import { addDays, dateIn } from '#platform/clock.ts';
import { perform } from '#platform/command.ts';
import { openDataFolder, REPOSITORY } from '#platform/config.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { openDatabase } from '#platform/postgres/index.ts';
import { ask } from '#platform/query.ts';
import { loadSecrets } from '#platform/secrets.ts';

const TURNS = 7;
const DOORS = 60;
const DAY_MINUTES = 720;

/**
 * Due lists of a neighbourhood of full size (130,000 residents), beside reading the rows they are made of alone; and a
 * worker's round of 60 doors planned by the streets.
 */
export async function rows(progress: (text: string) => void) {
  const data_dir = process.env.YINGMEN_BENCH_VISITS ?? join(REPOSITORY, 'data', 'bench_visits');
  openDataFolder(data_dir);
  const secrets = loadSecrets(data_dir);
  const database = await openDatabase({ data_dir, database_url: undefined }, secrets);
  await migrate(database.owner_url);
  const environment = await openEnvironment({
    ...{
      app_url: database.app_url,
      data_dir,
      keys: secrets.keys,
      session_key: secrets.session_key,
      base_url: 'http://localhost:3000',
    },
  });
  try {
    if ((await environment.allCommunities()).length === 0) {
      progress('  seeding 130,000 residents');
      const { seed } = await import('#db/seed/index.ts');
      await seed(environment, 'full', { progress });
      await environment.database.pool.query('select 1');
    }
    const community = await environment.communityBySlug();
    const db = environment.database.of(community.id);
    const { id } = await db.selectFrom('people').select('id').executeTakeFirstOrThrow();
    const desk: Actor = { kind: 'person', id, roles: [{ role: 'secretary', scope_kind: 'community', scope_id: null }] };
    const list = () => ask(environment, { actor: desk, community, via: 'bench' }, list_due_doors, {});
    const { total } = await list();
    const ours = await median(list);
    const theirs = await median(() =>
      db
        .selectFrom('care_circumstances as c')
        .innerJoin('household_members as m', (join) =>
          join.onRef('m.community_id', '=', 'c.community_id').onRef('m.person_id', '=', 'c.person_id'),
        )
        .innerJoin('visits as v', (join) =>
          join.onRef('v.community_id', '=', 'm.community_id').onRef('v.household_id', '=', 'm.household_id'),
        )
        .select(['m.household_id', 'c.kind', 'v.outcome', 'v.knocked_on'])
        .where('c.community_id', '=', community.id)
        .execute(),
    );
    return [
      {
        ...{ name: 'due lists of 130,000 residents', ours, theirs, ratio: ours / theirs, unit: 'ms' },
        note: `${total} doors due, a page shown with its traces; beside reading circumstances and visits alone; goal < 1,000 ms`,
      },
      ...(await measurePlanning(environment, community, desk)),
    ];
  } finally {
    await closeEnvironment(environment);
    await database.stop();
  }
}

/** Each worker's most urgent doors, one worker after the other: the first brings the streets into memory, the others find them there. */
async function measurePlanning(environment: Environment, community: Community, desk: Actor) {
  const caller = { actor: desk, community, via: 'bench' };
  const workers = await environment.database
    .of(community.id)
    .selectFrom('role_grants')
    .select('person_id')
    .distinct()
    .where('role', '=', 'grid_worker')
    .where('ended_at', 'is', null)
    .execute();
  const planned_on = addDays(dateIn(community.time_zone, environment.clock()), 1);
  const before = process.memoryUsage.rss();
  const times: number[] = [];
  const ways = new Set<string>();
  let most = before;
  for (const { person_id: worker_id } of workers) {
    const { doors } = await ask(environment, caller, list_due_doors, { worker_id, limit: 500 });
    const open = doors.filter((door) => !door.on_round && !door.no_knock).slice(0, DOORS);
    if (open.length < DOORS || times.length > TURNS) continue;
    const household_ids = open.map((door) => door.household_id);
    const began = performance.now();
    const wish = { worker_id, planned_on, budget_minutes: DAY_MINUTES, household_ids };
    const round = await perform(environment, caller, plan_round, wish);
    times.push(performance.now() - began);
    most = Math.max(most, process.memoryUsage.rss());
    ways.add(`${round.doors} doors, ${(round.walk_metres / 1000).toFixed(1)} km by ${round.walk_by}`);
    await perform(environment, caller, end_round, { id: round.id });
  }
  const [first, ...others] = times;
  if (first === undefined || others.length === 0) return [];
  const memory = ((most - before) / 1024 / 1024).toFixed(0);
  return [
    {
      ...{ name: `a round of ${DOORS} doors planned`, ours: middle(others), theirs: null, ratio: null, unit: 'ms' },
      note: `${[...ways].join('; ')}; the first, which brings the streets into memory, ${first.toFixed(0)} ms; ${memory} MB more held at most`,
    },
  ];
}

async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return middle(times);
}

const middle = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
