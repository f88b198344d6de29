import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, processesIn, readPostmaster } from './postmaster.ts';
import { withClient } from './roles.ts';
import { openServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingmen-server-'));
const cluster = join(folder, 'postgres');
const options = { folder, password: 'a-password-for-this-test', settings: ['fsync=off'] };
const notRoot = process.getuid?.() !== 0 && 'only root has to change its user';
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) await killed(child);
  await untilStopped();
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that uses the same folder until it is killed. */
async function otherProcess(): Promise<ChildProcess> {
  const code = `const { openServer } = await import(${JSON.stringify(join(import.meta.dirname, 'server.ts'))});
    await openServer(${JSON.stringify(options)}); process.stdout.write('open'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function untilStopped(): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const pid = readPostmaster(cluster)?.pid;
    if ((processesIn(cluster)?.length ?? 0) === 0 && !(pid && isAlive(pid))) return;
    await sleep(20);
  }
  assert.fail('the server still runs');
}

async function answers(url: string): Promise<unknown> {
  const { rows } = await withClient(url, (client) => client.query('select sum(n)::int as sum from kept'));
  return rows[0].sum;
}

test('a server is made, keeps its rows over a second start, and is durable by default', async () => {
  const first = await openServer(options);
  assert.equal(first.started_here, true);
  const url = first.url('postgres', options.password, 'postgres');
  await withClient(url, (client) => client.query('create table kept (n int); insert into kept values (40), (2)'));
  await first.stop();
  await untilStopped();

  const second = await openServer({ folder, password: options.password });
  const again = second.url('postgres', options.password, 'postgres');
  assert.equal(await answers(again), 42);
  const shown = await withClient(again, async (client) =>
    Promise.all(['fsync', 'synchronous_commit', 'jit', 'shared_buffers'].map((name) => client.query(`show ${name}`))),
  );
  assert.deepEqual(
    shown.map(({ rows }) => Object.values(rows[0])[0]),
    ['on', 'on', 'off', '128MB'],
  );
  await assert.rejects(
    withClient(second.url('postgres', 'wrong', 'postgres'), async () => {}),
    /password authentication failed/,
  );
  await second.stop();
});

test('a second process joins the running server, and the last one to leave stops it', async () => {
  await otherProcess();
  const joined = await openServer(options);
  assert.equal(joined.started_here, false);
  const url = joined.url('postgres', options.password, 'postgres');
  await joined.stop();
  assert.equal(await answers(url), 42, 'the other process still has its server');
});

test('the starter may leave first: the server stays for the one who joined', async () => {
  const starter = await otherProcess();
  const joined = await openServer(options);
  await killed(starter);
  await sleep(200);
  assert.equal(await answers(joined.url('postgres', options.password, 'postgres')), 42);
  await joined.stop();
  await untilStopped();
});

test('several processes that start at once get one server', async () => {
  const opened = await Promise.all([openServer(options), openServer(options), openServer(options)]);
  assert.equal(opened.filter(({ started_here }) => started_here).length, 1);
  assert.equal(new Set(opened.map(({ port }) => port)).size, 1);
  for (const server of opened) await server.stop();
});

test('a user killed with -9 takes the server with it', async () => {
  const child = await otherProcess();
  assert.ok(readPostmaster(cluster));
  await killed(child);
  await untilStopped();
});

test('a server killed with -9 is started again for those who use it', async () => {
  const server = await openServer(options);
  const before = readPostmaster(cluster);
  process.kill(before?.pid ?? 0, 'SIGKILL');
  const url = server.url('postgres', options.password, 'postgres');
  let found: unknown;
  for (let tries = 0; tries < 200 && found === undefined; tries++) {
    found = await answers(url).catch(() => undefined);
    if (found === undefined) await sleep(50);
  }
  assert.equal(found, 42);
  assert.notEqual(readPostmaster(cluster)?.pid, before?.pid);
  await server.stop();
});

test('after its keeper was killed the server runs on, is joined, and still stops with its last user', async () => {
  const child = await otherProcess();
  const pid = readPostmaster(cluster)?.pid ?? 0;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  process.kill(Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]), 'SIGKILL');
  await killed(child);
  await sleep(100);
  assert.ok(isAlive(pid), 'an orphan');
  const adopted = await openServer(options);
  assert.equal(adopted.started_here, false);
  assert.equal(await answers(adopted.url('postgres', options.password, 'postgres')), 42);
  await adopted.stop();
  await untilStopped();
});

test('a stale postmaster.pid, even with the number of another living program, does not stop the next start', async () => {
  writeFileSync(
    join(cluster, 'postmaster.pid'),
    `${process.pid}\n${cluster}\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n`,
  );
  const server = await openServer(options);
  assert.equal(await answers(server.url('postgres', options.password, 'postgres')), 42);
  await server.stop();
});

test('a folder written by another version of PostgreSQL is refused by name', async () => {
  const version = join(cluster, 'PG_VERSION');
  for (const [written, code] of [
    ['16', 'database_too_old'],
    ['18', 'database_newer'],
  ] as const) {
    writeFileSync(version, `${written}\n`);
    await assert.rejects(openServer(options), { code });
  }
  writeFileSync(version, '17\n');
});

test('root without user namespaces runs it as another user, also from a folder closed to others', {
  skip: notRoot,
}, async () => {
  chmodSync(folder, 0o700);
  const server = await openServer({ ...options, namespaces: false });
  assert.equal(await answers(server.url('postgres', options.password, 'postgres')), 42);
  assert.equal(statSync(cluster).uid, 65534);
  await server.stop();
  const again = await openServer(options);
  assert.equal(await answers(again.url('postgres', options.password, 'postgres')), 42);
  await again.stop();
});
