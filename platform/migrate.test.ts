import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import { copyOf, emptyDatabase, type TestDatabase, testDatabase } from '#tests/database.ts';
import { migrate, readMigrations } from './migrate.ts';
import { withClient } from './postgres/roles.ts';
import { compareSchema, differences, dumpSchema } from './schema_dump.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingmen-migrations-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let database: TestDatabase;
beforeEach(async () => {
  database = await emptyDatabase();
  rmSync(folder, { recursive: true, force: true });
  writeMigrations({ '0001_first.sql': 'create table a (n int);', '0002_second.sql': 'create table b (n int);' });
});
afterEach(() => database.drop());

function writeMigrations(files: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

const run = () => migrate(database.owner_url, { folder, jobs: false });

async function tables(): Promise<string[]> {
  const { rows } = await withClient(database.owner_url, (client) =>
    client.query("select tablename as name from pg_tables where schemaname = 'public' order by 1"),
  );
  return rows.map(({ name }) => name).filter((name: string) => name.length === 1);
}

test('each migration is applied once, in order', async () => {
  assert.deepEqual(await run(), ['first', 'second']);
  assert.deepEqual(await run(), []);
  assert.deepEqual(await tables(), ['a', 'b']);
});

test('a migration that breaks off leaves nothing of itself, and the next run continues', async () => {
  writeMigrations({ '0002_second.sql': 'create table b (n int); select 1 / 0;' });
  await assert.rejects(run(), /migration 2 \(second\): division by zero/);
  assert.deepEqual(await tables(), ['a']);
  writeMigrations({ '0002_second.sql': 'create table b (n int);' });
  assert.deepEqual(await run(), ['second']);
});

test('a run whose connection is cut in the middle is continued by the next', async () => {
  writeMigrations({ '0002_second.sql': 'create table b (n int); select pg_terminate_backend(pg_backend_pid());' });
  await assert.rejects(run());
  assert.deepEqual(await tables(), ['a']);
  writeMigrations({ '0002_second.sql': 'create table b (n int);' });
  assert.deepEqual(await run(), ['second']);
});

test('two processes at once apply each migration once', async () => {
  writeMigrations({ '0001_first.sql': 'create table a (n int); select pg_sleep(0.1);' });
  const applied = await Promise.all([run(), run()]);
  assert.deepEqual(applied.flat().sort(), ['first', 'second']);
});

test('an applied file that was changed is refused', async () => {
  await run();
  writeMigrations({ '0001_first.sql': 'create table a (n bigint);' });
  await assert.rejects(run(), { code: 'migration_changed' });
});

test('a database that knows more than this code is refused', async () => {
  await run();
  rmSync(join(folder, '0002_second.sql'));
  await assert.rejects(run(), { code: 'database_newer', message: /is at version 2 \(second\), this Yingmen knows 1/ });
});

test('gaps and wrong names are refused before anything is done', () => {
  writeMigrations({ '0004_fourth.sql': '' });
  assert.throws(() => readMigrations(folder), { code: 'migration_order' });
  writeMigrations({ 'later.sql': '' });
  assert.throws(() => readMigrations(folder), { code: 'migration_name' });
});

test('db/schema.sql is what the migrations make (write it anew with: yingmen migrate --dump)', async () => {
  const migrated = await testDatabase();
  assert.deepEqual(await compareSchema(migrated.owner_url), []);
  await withClient(migrated.owner_url, (client) => client.query('alter table communities add column planted int'));
  assert.deepEqual(await compareSchema(migrated.owner_url), ['+   planted integer,']);
  await migrated.drop();
});

test('the upgrade from every earlier schema leads to the same one', async () => {
  const all = readMigrations();
  const migrated = await testDatabase();
  const expected = await dumpSchema(migrated.owner_url);
  await migrated.drop();
  for (let known = 1; known < all.length; known++) {
    rmSync(folder, { recursive: true, force: true });
    const file = ({ version, name }: { version: number; name: string }) =>
      `${String(version).padStart(4, '0')}_${name}.sql`;
    writeMigrations(Object.fromEntries(all.slice(0, known).map((migration) => [file(migration), migration.text])));
    assert.equal((await run()).length, 1);
    const earlier = await copyOf(database);
    assert.equal((await migrate(earlier.owner_url, { jobs: false })).length, all.length - known);
    assert.deepEqual(differences(expected, await dumpSchema(earlier.owner_url)), [], `from version ${known}`);
    await earlier.drop();
  }
});

test('the application may add a job and touch nothing else of the queue', async () => {
  const migrated = await testDatabase();
  await withClient(migrated.app_url, async (client) => {
    const { rows } = await client.query("select (graphile_worker.add_job('greet', '{}'::json)).task_id as task_id");
    assert.ok(rows[0].task_id);
    for (const query of ['select * from graphile_worker._private_jobs', "select graphile_worker.remove_job('x')"]) {
      await assert.rejects(client.query(query), { code: '42501' });
    }
  });
  await migrated.drop();
});
