import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '#platform/config.ts';
import type { Environment } from '#platform/environment.ts';
import { migrate } from '#platform/migrate.ts';
import { closeEnvironment } from '#platform/open_environment.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { environmentOf, type Installation } from './open_installation.ts';

/** What db/seed/index.ts exports. `sign_ins` are shown in the terminal after the first start. */
export type Seed = (
  environment: Environment,
  scale: 'small' | 'full',
  options?: { progress?: (text: string) => void },
) => Promise<
  { sign_ins?: { role: string; name?: string; phone?: string; login_name?: string; password?: string }[] } | undefined
>;

const LOCK = 720_117;

/**
 * Puts the demo neighbourhood into an empty database at the first start. The database remembers that it was begun and
 * that it was finished, so that half a demo is never taken for a whole one.
 */
export async function seedFirstDemo(installation: Installation, progress: (text: string) => void): Promise<void> {
  const { demo } = installation.config;
  const file = join(REPOSITORY, 'db', 'seed', 'index.ts');
  if (demo === 'none' || !existsSync(file)) return;
  const unfinished = await withClient(installation.database.owner_url, async (owner) => {
    await owner.query('select pg_advisory_lock($1)', [LOCK]);
    const { rows } = await owner.query<{ finished: boolean }>(
      'select finished_at is not null as finished from demo_seeds',
    );
    if (rows[0]) return !rows[0].finished;
    if ((await owner.query('select 1 from communities limit 1')).rowCount) return false;
    progress('Making the demo neighbourhood (the first time only) …');
    await owner.query('insert into demo_seeds (began_at, scale) values (now(), $1)', [demo]);
    await runSeed(file, installation, demo, progress);
    await owner.query('update demo_seeds set finished_at = now()');
    return false;
  });
  if (!unfinished) return;
  const { recreate, owner_url } = installation.database;
  if (!recreate) {
    refuseInWords(
      'demo_unfinished',
      'The first start was interrupted while the demo neighbourhood was being made: empty the database of DATABASE_URL and start again.',
    );
  }
  progress('The first start was interrupted; beginning again.');
  await recreate();
  await migrate(owner_url);
  await seedFirstDemo(installation, progress);
}

async function runSeed(
  file: string,
  installation: Installation,
  scale: 'small' | 'full',
  progress: (text: string) => void,
) {
  const { seed } = (await import(file)) as { seed: Seed };
  const environment = await environmentOf(installation);
  try {
    const answer = await seed(environment, scale, { progress });
    for (const { role, ...words } of answer?.sign_ins ?? []) progress(`  ${role}: ${Object.values(words).join('  ')}`);
  } finally {
    await closeEnvironment(environment);
  }
}
