import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseArgs } from 'node:util';
import { migrate } from '#platform/migrate.ts';
import { openDatabase } from '#platform/postgres/index.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { Refusal } from '#platform/refusal.ts';
import { loadSecrets } from '#platform/secrets.ts';
import { openTestServer } from '#tests/database.ts';
import { UsageError } from './command_line.ts';
import { explain } from './explain_error.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingmen-command-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const data_dir = join(folder, 'data');

function yingmen(args: string[], env: NodeJS.ProcessEnv = {}, program = join(import.meta.dirname, 'yingmen')) {
  const done = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: data_dir, DATABASE_URL: undefined, NODE_TEST_CONTEXT: undefined, ...env },
  });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

test('help lists every command and exits 0, from any folder and through links', () => {
  const link = join(folder, 'yingmen-link');
  symlinkSync(join(import.meta.dirname, 'yingmen'), link);
  const { status, out } = yingmen(['--help'], {}, link);
  assert.equal(status, 0);
  assert.match(out, /^ {2}migrate .*schema/m);
  assert.match(out, /^ {2}start /m);
  assert.match(yingmen(['start', '--help']).out, /^yingmen start \[--web\] \[--worker\]/);
});

test('bad usage exits 2 with a sentence, or with one JSON object', () => {
  assert.equal(yingmen([]).status, 2);
  const unknown = yingmen(['dance']);
  assert.deepEqual([unknown.status, unknown.out], [2, '']);
  assert.match(unknown.err, /There is no command "dance"/);
  assert.equal(yingmen(['migrate', '--dnace']).status, 2);
  const json = yingmen(['start', '--worker=3', '--json']);
  assert.equal(json.status, 2);
  assert.equal(JSON.parse(json.out).error.code, 'usage');
});

test('a refusal exits 1: one sentence on standard error, or the error as JSON on standard output', () => {
  const said = yingmen(['start'], { PORT: 'http' });
  assert.deepEqual([said.status, said.out], [1, '']);
  assert.equal(said.err, 'PORT must be a number from 0 to 65535, not "http".\n');
  const json = yingmen(['migrate', '--json'], { DEMO: 'huge' });
  assert.equal(json.status, 1);
  assert.deepEqual(JSON.parse(json.out).error, {
    code: 'config_demo',
    message: 'DEMO must be one of none, small, full, not "huge".',
    where: { field: 'DEMO' },
  });
});

test('start refuses a busy port and a folder it cannot write before any slow work', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const busy = yingmen(['start'], { PORT: String(port) });
  server.close();
  assert.deepEqual([busy.status, busy.err.trim().split('\n').length], [1, 1]);
  assert.match(busy.err, new RegExp(`^Port ${port} is already in use`));
  writeFileSync(join(folder, 'file'), '');
  const closed = yingmen(['start'], { PORT: '0', DATA_DIR: join(folder, 'file', 'data') });
  assert.equal(closed.status, 1);
  assert.match(closed.err, /^The data folder .*file\/data cannot be written \(ENOTDIR\)/);
});

test('migrate answers with tables and time, and again with nothing to do', () => {
  const first = yingmen(['migrate', '--json']);
  assert.equal(first.status, 0, first.err);
  const answer = JSON.parse(first.out);
  assert.ok(answer.tables > 10 && answer.elapsed_ms > 0 && answer.applied.length > 4);
  assert.equal(first.out.trim().split('\n').length, 1);
  assert.deepEqual(JSON.parse(yingmen(['migrate', '--json']).out).applied, []);
});

test('an unreachable external database is refused in one sentence', () => {
  const { status, err } = yingmen(['migrate'], { DATABASE_URL: 'postgres://me@127.0.0.1:1/x' });
  assert.equal(status, 1);
  assert.match(err, /^The database of DATABASE_URL cannot be reached: .*ECONNREFUSED.*\.\n$/);
});

test('errors are told apart: usage, refusals with their place, what the system says of a file, defects', () => {
  assert.equal(explain(new UsageError('no')).kind, 'usage');
  assert.throws(
    () => parseArgs({ args: ['--nothing'], options: {} }),
    (error) => explain(error).kind === 'usage',
  );
  assert.deepEqual(explain(Object.assign(new Error('A comma is missing.'), { code: 'csv_bad', line: 3, column: 7 })), {
    kind: 'refusal',
    code: 'csv_bad',
    message: 'A comma is missing (line 3, column 7).',
    where: { file: undefined, line: 3, column: 7 },
  });
  const missing = explain(Object.assign(new Error('ENOENT: …'), { code: 'ENOENT', path: 'a.pb' }));
  assert.deepEqual(
    [missing.kind, missing.code, missing.message],
    ['refusal', 'file_not_found', 'a.pb does not exist.'],
  );
  assert.equal(explain(new Refusal('no_sentence_anywhere')).message, 'no_sentence_anywhere');
  for (const code of ['ERR_INVALID_ARG_TYPE', '23505', undefined]) {
    assert.equal(explain(Object.assign(new Error('x'), { code })).kind, 'defect');
  }
});

test('an external database is used as given: roles, extension and schema are made, and the application can connect', async () => {
  const { superuser_url } = await openTestServer();
  const name = `test_external_${process.pid}`;
  await withClient(superuser_url, (client) => client.query(`create database ${name}`));
  const url = new URL(superuser_url);
  url.pathname = `/${name}`;
  const secrets = loadSecrets(mkdtempSync(join(folder, 'external-')));
  // On one server roles are shared, so the password of the other tests is kept.
  secrets.database.app = url.password;
  const database = await openDatabase({ data_dir: folder, database_url: url.href }, secrets);
  await migrate(database.owner_url);
  const { rows } = await withClient(database.app_url, (client) =>
    client.query('select current_user as name from communities right join (select 1) one on true'),
  );
  assert.equal(rows[0].name, 'yingmen_app');
  await withClient(superuser_url, (client) => client.query(`drop database ${name} with (force)`));
});
