import { join } from 'node:path';
import { list_due_doors } from '#modules/visits/index.ts';
import type { Actor } from '#platform/actor.ts';
import { openDataFolder, REPOSITORY } from '#platform/config.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment, openEnvironment } from '#platform/open_environment.ts';
import { openDatabase } from '#platform/postgres/index.ts';
import { ask } from '#platform/query.ts';
import { loadSecrets } from '#platform/secrets.ts';

const TURNS = 7;

/** Due lists of a neighbourhood of full size (130,000 residents), beside reading the rows they are made of alone. */
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
    ];
  } finally {
    await closeEnvironment(environment);
    await database.stop();
  }
}

async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(TURNS / 2)]!;
}
