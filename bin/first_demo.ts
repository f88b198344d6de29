import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '#platform/migrate.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import type { Installation } from './open_installation.ts';

const PROGRAM = join(import.meta.dirname, 'yingmen.ts');
const LOCK = 720_117;

/**
 * Puts the demo neighbourhood into an empty database at the first start. The database remembers that it was begun and
 * that it was finished, so that half a demo is never taken for a whole one.
 */
export async function seedFirstDemo(
  installation: Installation,
  ended: AbortSignal,
  progress: (text: string) => void,
): Promise<void> {
  const { demo, data_dir } = installation.config;
  if (demo === 'none') return;
  const unfinished = await withClient(installation.database.owner_url, async (owner) => {
    await owner.query('select pg_advisory_lock($1)', [LOCK]);
    const { rows } = await owner.query<{ finished: boolean }>(
      'select finished_at is not null as finished from demo_seeds',
    );
    if (rows[0]) return !rows[0].finished;
    if ((await owner.query('select 1 from communities limit 1')).rowCount) return false;
    progress('Making the demo neighbourhood (the first time only) …');
    await owner.query('insert into demo_seeds (began_at, scale) values (now(), $1)', [demo]);
    if (!(await runSeed(demo, ended))) return false;
    showSignIns(data_dir, progress);
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
  await seedFirstDemo(installation, ended, progress);
}

/**
 * Seeds in a process of its own, so that the server keeps its small heap and the seed takes what it needs; true when all
 * of it is there. It ends as soon as `ended` says so or this process dies: half a demo is begun again at the next start.
 */
function runSeed(scale: 'small' | 'full', ended: AbortSignal): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const child = spawn(process.execPath, [PROGRAM, 'seed', '--scale', scale], { stdio: [...stdio] });
  ended.addEventListener('abort', () => child.kill(), { once: true });
  child.once('error', reject);
  child.once('close', (status) => resolve(status === 0));
  return promise.then((isDone) => {
    if (isDone || ended.aborted) return isDone;
    return refuseInWords('demo_failed', 'The demo neighbourhood could not be made; the reason is above.');
  });
}

function showSignIns(data_dir: string, progress: (text: string) => void): void {
  const sign_ins = JSON.parse(readFileSync(join(data_dir, 'demo_sign_ins.json'), 'utf8')) as Record<string, string>[];
  for (const { role, ...words } of sign_ins) progress(`  ${role}: ${Object.values(words).join('  ')}`);
}
