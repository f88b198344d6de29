import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger, runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { REPOSITORY } from './config.ts';
import { sha256 } from './crypto.ts';
import { withClient } from './postgres/roles.ts';
import { refuseInWords } from './refuse_in_words.ts';

export type Migration = { version: number; name: string; text: string; sha256: string };

export const MIGRATIONS_FOLDER = join(REPOSITORY, 'db', 'migrations');

const LOCK = 720_115;

/** What is kept about the database itself, before any migration and for the owner alone. */
const BOOKS = `
  create table if not exists schema_migrations (
    version integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null);
  create table if not exists demo_seeds (
    began_at timestamptz primary key, scale text not null, finished_at timestamptz)`;

/** Reads `NNNN_name.sql` files in order. Two files with one number, or a gap, are refused: order would be a guess. */
export function readMigrations(folder = MIGRATIONS_FOLDER): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const [, version, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? [];
      if (!version || !name) return refuseInWords('migration_name', `${file} is not named like 0001_what_it_does.sql.`);
      const text = readFileSync(join(folder, file), 'utf8');
      return { version: Number(version), name, text, sha256: sha256(text).toString('hex') };
    });
  migrations.forEach(({ version, name }, index) => {
    if (version !== index + 1)
      refuseInWords('migration_order', `Migration ${version} (${name}) should have the number ${index + 1}.`);
  });
  return migrations;
}

/**
 * Brings the schema up to date and returns the names of what was applied. Each migration is one transaction with its row
 * in `schema_migrations`, so an interrupted run is continued by the next; a lock lets one process at a time do it.
 * Refused: `migration_changed` (an applied file was edited), `database_newer` (the database knows more than this code).
 */
export async function migrate(owner_url: string, options: { folder?: string; jobs?: boolean } = {}): Promise<string[]> {
  const migrations = readMigrations(options.folder);
  return withClient(owner_url, async (client) => {
    await client.query('set client_min_messages = warning');
    // Held by the session, so it is free again when this process ends, however it ends.
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(BOOKS);
    const pending = await findPending(client, migrations);
    for (const migration of pending) await apply(client, migration);
    if (options.jobs ?? true) await migrateJobs(client, owner_url);
    return pending.map(({ name }) => name);
  });
}

async function findPending(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ version: number; name: string; sha256: string }>(
    'select version, name, sha256 from schema_migrations order by version',
  );
  for (const row of rows) {
    const known = migrations[row.version - 1];
    if (!known) {
      refuseInWords(
        'database_newer',
        `The database is at version ${rows.at(-1)?.version} (${rows.at(-1)?.name}), this Yingmen knows ${migrations.length}: start the newer Yingmen, or use another database.`,
      );
    }
    if (known.sha256 !== row.sha256) {
      refuseInWords(
        'migration_changed',
        `Migration ${row.version} (${row.name}) was changed after it had been applied: restore the file and put the change into a new one.`,
      );
    }
  }
  return migrations.slice(rows.length);
}

async function apply(client: pg.Client, { version, name, text, sha256: hash }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(text);
    await client.query('insert into schema_migrations (version, name, sha256, applied_at) values ($1, $2, $3, now())', [
      version,
      name,
      hash,
    ]);
    await client.query('commit');
  } catch (error) {
    // The first error says what went wrong; a lost connection has rolled back by itself.
    await client.query('rollback').catch(() => {});
    if (error instanceof Error) error.message = `migration ${version} (${name}): ${error.message}`;
    throw error;
  }
}

/**
 * The tables of the job queue are its own (never distributed); its library brings them up to date. The application may
 * call `add_job` and nothing else there: the function works with its owner's rights, because its tables are closed by
 * row-level security.
 */
async function migrateJobs(client: pg.Client, owner_url: string): Promise<void> {
  await runMigrations({ connectionString: owner_url, logger: new Logger(() => () => {}) });
  const { rows } = await client.query<{ signature: string }>(
    `select oid::regprocedure::text as signature from pg_proc
     where pronamespace = 'graphile_worker'::regnamespace and proname = 'add_job'`,
  );
  await client.query('begin');
  await client.query('grant usage on schema graphile_worker to yingmen_app');
  for (const { signature } of rows) {
    await client.query(
      `alter function ${signature} security definer set search_path = graphile_worker, pg_catalog, pg_temp`,
    );
    await client.query(`revoke execute on function ${signature} from public`);
    await client.query(`grant execute on function ${signature} to yingmen_app`);
  }
  await client.query('commit');
}
