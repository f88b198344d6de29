import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { REPOSITORY } from '#platform/config.ts';
import { answeredRequest } from '../bin/answered_request.ts';
import { buildPages } from '../bin/build_pages.ts';
import { measure } from './measure.ts';
import { scriptBytes } from './scripts.ts';

const GOAL_MB = 300;
const GOAL_KB = 60;
const SECONDS = 20;
const HOME_SECONDS = 6;
const START_PATIENCE_MS = 60_000;
const pagesOf = (request: string) => [
  '/',
  '/requests',
  request,
  '/map',
  '/requests?words=电梯',
  '/ask',
  `${request}?lang=en`,
];

/**
 * The most memory that a server of its own has held, jobs included and the database not: started on the full-size
 * neighbourhood and asked for pages by eight at once, from so many addresses that no limit is met. How fast it makes the
 * page that everybody opens first, and the most script that one of these pages loads.
 */
export async function measureServer(data_dir: string, owner_url: string, progress: (text: string) => void) {
  await buildPages(progress);
  const port = await freePort();
  const server = spawn(join(REPOSITORY, 'bin', 'yingmen'), ['start'], {
    env: { ...process.env, DATA_DIR: data_dir, DATABASE_URL: owner_url, PORT: String(port), DEMO: 'none' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    await untilReady(server);
    const at_start = memoryOf(server.pid!).now;
    const url = `http://127.0.0.1:${port}`;
    const pages = pagesOf(await answeredRequest(url)).map((path) => url + path);
    const load = await measure((i) => open(pages[i % pages.length]!, i), { concurrency: 8, seconds: SECONDS });
    const { most } = memoryOf(server.pid!);
    const home = await measure((i) => open(`${url}/`, i), { concurrency: 4, seconds: HOME_SECONDS });
    const memory = `most held; ${at_start.toFixed(0)} MB at start, then ${load.count} pages by 8 at once; goal < ${GOAL_MB} MB`;
    const scripts: number[] = [];
    for (const page of pages) scripts.push((await scriptBytes(page)) / 1024);
    return [
      {
        ...{ name: 'the home page, whole', ours: home.per_second, theirs: null, ratio: null, unit: '/s' },
        note: `by 4 at once through a server; p50 ${home.p50.toFixed(1)} p99 ${home.p99.toFixed(1)} ms; goal p99 < 80 ms`,
      },
      row('memory of a server', most, GOAL_MB, 'MB', memory),
      row(
        'script of a resident’s page',
        Math.max(...scripts),
        GOAL_KB,
        'KB',
        `gzipped, the most of ${pages.length}; goal ≤ ${GOAL_KB} KB`,
      ),
    ];
  } finally {
    const closed = new Promise((resolve) => server.once('exit', resolve));
    if (server.kill()) await closed;
  }
}

const row = (name: string, ours: number, goal: number, unit: string, note: string) => ({
  ...{ name, ours, unit, note },
  theirs: goal,
  ratio: ours / goal,
});

async function open(page: string, i: number): Promise<void> {
  const response = await fetch(page, {
    headers: { 'x-forwarded-for': `10.${(i >> 8) & 255}.${i & 255}.1` },
  });
  await response.arrayBuffer();
  // Overloaded, as on a busy machine, it says so and holds no more memory for it.
  if (!response.ok && response.status !== 503) throw new Error(`${response.url} answered ${response.status}`);
}

async function untilReady(server: ChildProcess): Promise<void> {
  let said = '';
  server.stderr!.on('data', (text) => (said += text));
  const end = Date.now() + START_PATIENCE_MS;
  while (!said.includes('Yingmen is ready')) {
    if (server.exitCode !== null || Date.now() > end) throw new Error(`the server did not start: ${said}`);
    await sleep(100);
  }
}

/** In megabytes, as the kernel counts them: what the process holds now, and the most it has ever held. */
function memoryOf(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (field: string) => Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { now: read('VmRSS'), most: read('VmHWM') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
