import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '#platform/config.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { answeredRequest } from '../bin/answered_request.ts';

type Row = { name: string; ours: number; theirs: null; ratio: null; unit: string; note: string };
type Measured = { url: string; scores: Record<string, number>; missed: string[] };

const FOLDER = join(REPOSITORY, 'bench', 'lighthouse');
const PAGES = ['home', 'ask', 'list', 'request'];
const GOAL = 95;
const HALF_SECONDS_WAITED = 600;
const run = promisify(execFile);

/** The scores of Lighthouse (mobile) for the pages that residents see first, on a demonstration of its own. */
export async function rows(progress: (text: string) => void): Promise<Row[]> {
  if (!existsSync(join(FOLDER, 'node_modules', 'lighthouse'))) {
    progress('  skipped: Lighthouse is not installed (npm ci --ignore-scripts in bench/lighthouse)');
    return [];
  }
  const { findChromium } = await import('#tests/chromium.ts');
  const CHROME_PATH = await findChromium();
  const data_dir = mkdtempSync(join(tmpdir(), 'yingmen-lighthouse-'));
  const port = await freePort();
  const server = spawn(process.execPath, [join(REPOSITORY, 'bin', 'yingmen.ts'), 'start'], {
    env: { ...process.env, DATA_DIR: data_dir, PORT: String(port), DEMO: 'small', HOST: '127.0.0.1' },
    stdio: 'ignore',
  });
  try {
    progress('  starting a demonstration …');
    await untilReady(`http://localhost:${port}`);
    const url = `http://localhost:${port}`;
    const urls = ['/', '/ask', '/requests', await answeredRequest(url)].map((path) => url + path);
    const { stdout } = await run(process.execPath, [join(FOLDER, 'measure.mjs'), ...urls], {
      env: { ...process.env, CHROME_PATH },
      maxBuffer: 1e7,
    });
    const measured = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Measured);
    return PAGES.flatMap((page, i) => rowsOf(page, measured[i]!));
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
    rmSync(data_dir, { recursive: true, force: true });
  }
}

function rowsOf(page: string, { scores, missed }: Measured): Row[] {
  return Object.entries(scores).map(([category, score]) => ({
    name: `lighthouse: ${page}, ${category}`,
    ours: score,
    theirs: null,
    ratio: null,
    unit: '',
    note: `goal ≥ ${GOAL}${score < GOAL ? `; short in ${missed.join(', ')}` : ''}`,
  }));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function untilReady(url: string): Promise<void> {
  for (let i = 0; i < HALF_SECONDS_WAITED; i++) {
    const isReady = await fetch(`${url}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  refuseInWords('demonstration_late', 'The demonstration did not start within five minutes.');
}
