import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { refuseInWords } from '../refuse_in_words.ts';
import type { Binaries } from './binaries.ts';

/** Words to put before a program so that it does not run as root, and the user who must own its files. */
export type Runner = { prefix: string[]; uid: number | undefined };

const NOBODY = 65534;

/**
 * PostgreSQL refuses to run as root. As root it is run in a user namespace in which root's own files belong to nobody
 * (so a clone under /root works); where namespaces are not allowed, as the user nobody with the one right to pass
 * through folders that are closed to others. An ordinary user runs it directly.
 */
export function unprivilegedRunner(binaries: Binaries): Runner {
  if (process.getuid?.() !== 0) return { prefix: [], uid: undefined };
  const runners: Runner[] = [
    { prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'], uid: 0 },
    {
      prefix: [
        'setpriv',
        `--reuid=${NOBODY}`,
        `--regid=${NOBODY}`,
        '--clear-groups',
        '--inh-caps=+dac_override',
        '--ambient-caps=+dac_override',
        '--',
      ],
      uid: NOBODY,
    },
    { prefix: ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'], uid: NOBODY },
  ];
  for (const runner of runners) {
    if (runner.prefix[0] === process.env.YINGMEN_NOT_BY) continue;
    const [program, ...words] = [...runner.prefix, binaries.postgres, '--version'];
    const tried = spawnSync(program ?? '', words, {
      env: { ...process.env, ...binaries.environment },
      stdio: 'ignore',
    });
    if (tried.status === 0) return runner;
  }
  refuseInWords(
    'postgres_as_root',
    'PostgreSQL does not run as root, and neither unshare nor setpriv works here: start Yingmen as an ordinary user, or set DATABASE_URL.',
  );
}

/** Gives a folder and all in it to the runner's user; nothing to do when it already belongs to that user. */
export function giveTo(runner: Runner, folder: string): void {
  if (runner.uid === undefined || lstatSync(folder).uid === runner.uid) return;
  const give = (path: string) => {
    const entry = lstatSync(path);
    if (entry.isDirectory()) for (const name of readdirSync(path)) give(join(path, name));
    if (!entry.isSymbolicLink()) chownSync(path, runner.uid ?? 0, runner.uid ?? 0);
  };
  give(folder);
}
