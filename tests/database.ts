import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '#platform/config.ts';
import { migrate, readMigrations } from '#platform/migrate.ts';
import { openServer, type RunningServer } from '#platform/postgres/index.ts';
import { ensureExtensions, prepareRoles, withClient } from '#platform/postgres/roles.ts';

/** A fresh, migrated, empty database for one test file. */
export type TestDatabase = { owner_url: string; app_url: string; drop(): Promise<void> };

export type TestServer = { superuser_url: string; started_here: boolean; stop(): Promise<void> };

// The server listens on this machine alone, holds invented people alone, and ends with the test run.
const PASSWORD = 'only-for-tests-on-this-machine';
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'autovacuum=off'];
const TEMPLATE_LOCK = 720_116;
const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 1024 ** 3;

let opened: Promise<TestServer> | undefined;

/**
 * The PostgreSQL of this test run: the one named by YINGMEN_TEST_SERVER, else an embedded server, which test processes that
 * run at the same time share. It stops when the last of them ends.
 */
export function openTestServer(): Promise<TestServer> {
  opened ??= openShared();
  return opened;
}

async function openShared(): Promise<TestServer> {
  const given = process.env.YINGMEN_TEST_SERVER;
  if (given) return { superuser_url: given, started_here: false, stop: async () => {} };
  const folder = process.env.YINGMEN_TEST_FOLDER ?? serverFolder();
  let server: RunningServer;
  try {
    server = await openServer({ folder, password: PASSWORD, settings: FAST });
  } catch {
    // Without fsync a crash of the machine may have left it unreadable; nothing in it is worth keeping.
    rmSync(folder, { recursive: true, force: true });
    server = await openServer({ folder, password: PASSWORD, settings: FAST });
  }
  const superuser_url = server.url('postgres', PASSWORD, 'postgres');
  if (server.started_here) await dropDatabases(superuser_url, "datname like 'test\\_%'");
  return { superuser_url, started_here: server.started_here, stop: () => server.stop() };
}

/**
 * In memory where there is room, else `data/test`: databases are made and dropped by the hundred, and most of that is files
 * made and removed. What stays there (about 100 MB) makes the next run begin at once; it is gone when the machine restarts.
 */
function serverFolder(): string {
  const key = createHash('sha256').update(REPOSITORY).digest('hex').slice(0, 12);
  const folder = join(MEMORY, `yingmen-test-${process.getuid?.()}-${key}`);
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize >= ROOM_BYTES) mkdirSync(folder, { recursive: true });
    if (lstatSync(folder).uid === process.getuid?.()) return folder;
  } catch {
    // No such memory here, or no room in it.
  }
  return join(REPOSITORY, 'data', 'test');
}

/** Makes a database cloned from a template that is migrated once for every state of the migrations. */
export async function testDatabase(): Promise<TestDatabase> {
  const { superuser_url } = await openTestServer();
  const template = await ensureTemplate(superuser_url);
  return clone(superuser_url, template);
}

/** Makes an empty database, without any table, for tests of migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const { superuser_url } = await openTestServer();
  await prepareRoles(superuser_url, { owner: PASSWORD, app: PASSWORD });
  const database = await clone(superuser_url, 'template0');
  await withClient(addressOf(superuser_url, 'postgres', database.name), ensureExtensions);
  return database;
}

/** Makes a database that is like that one, which nobody may be using. */
export async function copyOf(database: TestDatabase): Promise<TestDatabase> {
  const { superuser_url } = await openTestServer();
  return clone(superuser_url, new URL(database.owner_url).pathname.slice(1));
}

async function clone(superuser_url: string, template: string): Promise<TestDatabase & { name: string }> {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await withClient(superuser_url, (client) =>
    client.query(`create database ${name} template ${template} owner yingmen_owner strategy file_copy`),
  );
  return {
    name,
    owner_url: addressOf(superuser_url, 'yingmen_owner', name),
    app_url: addressOf(superuser_url, 'yingmen_app', name),
    drop: async () => {
      await withClient(superuser_url, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function ensureTemplate(superuser_url: string): Promise<string> {
  const hash = createHash('sha256');
  for (const migration of readMigrations()) hash.update(migration.sha256);
  hash
    .update(readFileSync(join(REPOSITORY, 'platform', 'migrate.ts')))
    .update(readFileSync(join(REPOSITORY, 'package-lock.json')));
  const template = `template_${hash.digest('hex').slice(0, 16)}`;
  await withClient(superuser_url, async (client) => {
    const exists = async () =>
      (await client.query('select 1 from pg_database where datname = $1', [template])).rowCount;
    if (await exists()) return;
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    if (await exists()) return;
    const unfinished = `building_${randomBytes(4).toString('hex')}`;
    await dropDatabases(superuser_url, "datname like 'template\\_%' or datname like 'building\\_%'");
    await prepareRoles(superuser_url, { owner: PASSWORD, app: PASSWORD });
    await client.query(`create database ${unfinished} owner yingmen_owner template template0`);
    await withClient(addressOf(superuser_url, 'postgres', unfinished), ensureExtensions);
    await migrate(addressOf(superuser_url, 'yingmen_owner', unfinished));
    await client.query(`alter database ${unfinished} rename to ${template}`);
  });
  return template;
}

async function dropDatabases(superuser_url: string, which: string): Promise<void> {
  await withClient(superuser_url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where ${which}`);
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  });
}

function addressOf(superuser_url: string, role: string, database: string): string {
  const url = new URL(superuser_url);
  url.username = role;
  url.password = role === 'postgres' ? url.password : PASSWORD;
  url.pathname = `/${database}`;
  return url.href;
}
