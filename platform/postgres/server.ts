import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refuseInWords } from '../refuse_in_words.ts';
import { findBinaries } from './binaries.ts';
import { lockFolder } from './lock.ts';
import { clearRemains, isAlive, readPostmaster, runningPostmaster } from './postmaster.ts';
import { giveTo, type Runner, unprivilegedRunner } from './unprivileged.ts';

export type ServerOptions = {
  /** Holds the server's folder `postgres`, its log and the pipe of its users. Made when missing. */
  folder: string;
  /** Of the superuser `postgres`; used when the folder is made, and to connect ever after. */
  password: string;
  /** Further settings, as `name=value`. */
  settings?: string[];
  /** False in a test: root uses another user instead of a user namespace. */
  namespaces?: boolean;
};

export type RunningServer = {
  port: number;
  /** True when this process started it; false when it was already running for another one. */
  started_here: boolean;
  url(user: string, password: string, database: string): string;
  /** Leaves the server. The last process that leaves stops it, and waits until it has stopped. */
  stop(): Promise<void>;
};

const MAJOR_VERSION = '17';
const LOCK_PATIENCE_MS = 120_000;
const START_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 30_000;
const LOG_LIMIT_BYTES = 10_000_000;
const KEEPER = join(import.meta.dirname, 'keeper.sh');

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=60',
  'shared_buffers=128MB',
  'effective_cache_size=1GB',
  'work_mem=8MB',
  'maintenance_work_mem=64MB',
  'random_page_cost=1.1',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_min_messages=warning',
];

/**
 * Connects to the PostgreSQL server of a folder: joins the one that runs, else starts it, making the folder first if
 * there is none. Several processes may call it at once; one starts the server and the others join it. What a killed
 * server or a killed owner left behind is cleared.
 */
export async function openServer(options: ServerOptions): Promise<RunningServer> {
  mkdirSync(options.folder, { recursive: true });
  const cluster = join(options.folder, 'postgres');
  const release = await lockFolder(options.folder, LOCK_PATIENCE_MS);
  try {
    const joined = existsSync(cluster) ? await joinServer(options.folder, cluster) : undefined;
    if (joined) return joined;
    const binaries = findBinaries(join(options.folder, 'postgres-links'));
    const runner = unprivilegedRunner(binaries, options.namespaces);
    if (!existsSync(join(cluster, 'PG_VERSION'))) createCluster(options, cluster, runner);
    checkVersion(cluster);
    giveTo(runner, cluster);
    await clearRemains(cluster);
    return await startServer(options, cluster, runner);
  } finally {
    await release();
  }
}

/** Joins a server that already runs; waits for one that is about to stop. */
async function joinServer(folder: string, cluster: string): Promise<RunningServer | undefined> {
  const until = Date.now() + START_PATIENCE_MS;
  while (Date.now() < until) {
    const found = runningPostmaster(cluster);
    if (!found) return undefined;
    if (found.status === 'ready') {
      const held = holdPipe(folder);
      // Its keeper was killed: it runs on unattended, so it gets a new one.
      const pipe = held ?? (await startKeeper(folder, cluster, [], {})).pipe;
      // Had the last user left just before, the server would have been told to stop by now.
      await sleep(30);
      if (runningPostmaster(cluster)?.status === 'ready') return running(cluster, found.port, pipe, false);
      closeSync(pipe);
    }
    await sleep(50);
  }
  refuseInWords('database_stuck', `The database in ${cluster} neither starts nor stops; see postgres.log beside it.`);
}

function createCluster(options: ServerOptions, cluster: string, runner: Runner): void {
  const unfinished = `${cluster}.new`;
  const password_file = `${cluster}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(password_file, options.password, { mode: 0o600 });
  try {
    giveTo(runner, unfinished);
    giveTo(runner, password_file);
    let errors = '';
    // Han characters are letters only under a UTF-8 character type; where the system has none, C still stores them all.
    for (const character_type of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
      const words = [
        '-D',
        unfinished,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        `--pwfile=${password_file}`,
        '-E',
        'UTF8',
      ];
      words.push('--locale=C', `--lc-ctype=${character_type}`, '--no-instructions');
      const [program, ...rest] = [...runner.prefix, runner.binaries.initdb, ...words];
      const environment = { ...process.env, ...runner.binaries.environment, LC_ALL: 'C' };
      const made = spawnSync(program ?? '', rest, { encoding: 'utf8', env: environment, cwd: '/' });
      if (made.status === 0) {
        renameSync(unfinished, cluster);
        return;
      }
      errors = made.stderr || String(made.error);
    }
    refuseInWords('database_not_made', `PostgreSQL could not make ${cluster}: ${lastLine(errors)}`);
  } finally {
    rmSync(password_file, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function checkVersion(cluster: string): void {
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version === MAJOR_VERSION) return;
  const older = Number(version) < Number(MAJOR_VERSION);
  refuseInWords(
    older ? 'database_too_old' : 'database_newer',
    `${cluster} was written by PostgreSQL ${version}, this Yingmen runs PostgreSQL ${MAJOR_VERSION}: ${
      older ? 'dump it with that version and restore it into a new DATA_DIR' : 'use a newer Yingmen'
    }.`,
  );
}

async function startServer(options: ServerOptions, cluster: string, runner: Runner): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const settings = [...SETTINGS, `port=${port}`, ...(options.settings ?? [])].flatMap((setting) => ['-c', setting]);
    const command = [...runner.prefix, runner.binaries.postgres, '-D', cluster, ...settings];
    const { pipe, keeper } = await startKeeper(options.folder, cluster, command, runner.binaries.environment);
    const until = Date.now() + START_PATIENCE_MS;
    while (Date.now() < until && isAlive(keeper)) {
      const found = readPostmaster(cluster);
      if (found?.status === 'ready' && found.port === port) return running(cluster, port, pipe, true);
      await sleep(20);
    }
    closeSync(pipe);
    const reason = lastLine(readFileSync(join(options.folder, 'postgres.log'), 'utf8'));
    if (attempt >= 3) refuseInWords('database_not_started', `PostgreSQL did not start in ${cluster}: ${reason}`);
    await sleep(500);
  }
}

/** Starts the keeper in a session of its own, so that Ctrl-C in the terminal reaches us and not the database. */
async function startKeeper(folder: string, cluster: string, command: string[], environment: NodeJS.ProcessEnv) {
  const pipe_path = join(folder, 'postgres.users');
  rmSync(pipe_path, { force: true });
  const made = spawnSync('mkfifo', ['-m', '600', pipe_path], { encoding: 'utf8' });
  if (made.status !== 0) {
    refuseInWords('folder_not_writable', `Cannot make a named pipe in ${folder}: ${lastLine(made.stderr ?? '')}`);
  }
  const log_path = join(folder, 'postgres.log');
  if (existsSync(log_path) && statSync(log_path).size > LOG_LIMIT_BYTES) renameSync(log_path, `${log_path}.1`);
  const log = openSync(log_path, 'a', 0o600);
  const child = spawn('sh', [KEEPER, pipe_path, cluster, ...command], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...environment, LC_ALL: 'C', PGDATA: undefined },
  });
  closeSync(log);
  child.unref();
  const until = Date.now() + 5_000;
  while (Date.now() < until) {
    const pipe = holdPipe(folder);
    if (pipe !== undefined) return { pipe, keeper: child.pid ?? 0 };
    await sleep(5);
  }
  refuseInWords('database_not_started', `The keeper of the database did not start in ${folder}.`);
}

/** Opens the pipe for writing; undefined when nobody reads it, that is, when there is no keeper. */
function holdPipe(folder: string): number | undefined {
  try {
    return openSync(join(folder, 'postgres.users'), constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

function running(cluster: string, port: number, pipe: number, started_here: boolean): RunningServer {
  let isOpen = true;
  return {
    port,
    started_here,
    url: (user, password, database) =>
      `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    async stop() {
      if (!isOpen) return;
      isOpen = false;
      closeSync(pipe);
      await waitForStop(cluster);
    },
  };
}

async function waitForStop(cluster: string): Promise<void> {
  const pid = runningPostmaster(cluster)?.pid;
  if (!pid) return;
  // Still ready after this long: others use it, and the last of them will stop it.
  const still_used_at = Date.now() + 500;
  const until = Date.now() + STOP_PATIENCE_MS;
  while (isAlive(pid) && Date.now() < until) {
    const status = readPostmaster(cluster)?.status;
    if (status === 'ready' && Date.now() > still_used_at) return;
    await sleep(20);
  }
  if (runningPostmaster(cluster)?.pid === pid) process.kill(pid, 'SIGQUIT');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

/** A password of 192 random bits. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
