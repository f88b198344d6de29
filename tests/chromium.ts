import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

/**
 * The path of the system's Chromium, from CHROMIUM_PATH or the usual names. When there is none it is installed with apt
 * as far as this user may; otherwise the error says exactly what to install.
 */
export async function findChromium(): Promise<string> {
  const found = process.env.CHROMIUM_PATH || onPath(NAMES);
  if (found) return found;
  const before = process.getuid?.() === 0 ? [] : canSudo() ? ['sudo', '-n'] : undefined;
  if (before && onPath(['apt-get'])) {
    process.stdout.write(`Installing ${PACKAGES.join(' and ')} with apt-get …\n`);
    apt(before, ['update']);
    apt(before, ['install', '-y', '--no-install-recommends', ...PACKAGES]);
    const installed = onPath(NAMES);
    if (installed) return installed;
  }
  throw new Error(
    `The browser tests need Chromium and a font with Chinese characters: run "sudo apt-get install -y ${PACKAGES.join(' ')}" (or your system's way), or set CHROMIUM_PATH, then run npm test again.`,
  );
}

function onPath(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function canSudo(): boolean {
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
}

function apt(before: string[], words: string[]): void {
  const [program, ...rest] = [...before, 'apt-get', '-q', ...words];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(program ?? '', rest, { stdio: ['ignore', 'inherit', 'inherit'], env });
}
