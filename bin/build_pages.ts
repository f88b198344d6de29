import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { REPOSITORY } from '#platform/config.ts';
import { lockFolder } from '#platform/postgres/lock.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';

const PAGES = join(REPOSITORY, 'faces', 'web');
const STAMP = join(PAGES, 'build', '.stamp');
const SOURCES = ['faces/web', 'modules', 'platform', 'engines', 'package-lock.json'];
const NOT_SOURCES = new Set(['node_modules', 'build', '.svelte-kit', 'test-results']);
const BUILD_PATIENCE_MS = 600_000;

/**
 * Builds the pages when anything they are made of has changed since the last build, and returns whether it did.
 * Several processes may ask at once: one builds, the others wait. An interrupted build leaves no stamp and is repeated.
 */
export async function buildPages(progress: (text: string) => void): Promise<boolean> {
  if (!existsSync(join(PAGES, 'package.json')) && !existsSync(join(PAGES, 'vite.config.ts'))) return false;
  if (isFresh(hashOfSources())) return false;
  const release = await lockFolder(PAGES, BUILD_PATIENCE_MS);
  try {
    const hash = hashOfSources();
    if (isFresh(hash)) return false;
    progress('Building the pages …');
    rmSync(STAMP, { force: true });
    // What runs on a phone is made first: the pages take along what lies in their static folder.
    await runVite('phone.vite.config.ts');
    await runVite('vite.config.ts');
    writeFileSync(STAMP, hash);
    return true;
  } finally {
    await release();
  }
}

function isFresh(hash: string): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash;
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  const add = (path: string) => {
    const name = relative(REPOSITORY, path);
    if (!existsSync(path) || name.endsWith('.test.ts')) return;
    hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  };
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (NOT_SOURCES.has(entry.name)) continue;
      if (entry.isDirectory()) walk(join(folder, entry.name));
      else if (entry.isFile()) add(join(folder, entry.name));
    }
  };
  for (const source of SOURCES.map((name) => join(REPOSITORY, name))) {
    if (source.endsWith('.json')) add(source);
    else if (existsSync(source)) walk(source);
  }
  return hash.digest('hex');
}

function runVite(config: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = join(REPOSITORY, 'node_modules', 'vite', 'bin', 'vite.js');
    const env = { ...process.env, NODE_ENV: 'production', FORCE_COLOR: undefined };
    const child = spawn(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
      cwd: PAGES,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) return resolve();
      process.stderr.write(output);
      try {
        refuseInWords('pages_not_built', 'The pages could not be built; the reason is above.');
      } catch (refusal) {
        reject(refusal);
      }
    });
  });
}
