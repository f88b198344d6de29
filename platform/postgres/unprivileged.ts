import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { refuseInWords } from '../refuse_in_words.ts';
import { type Binaries, copyForOthers } from './binaries.ts';

/** Words to put before a program so that it does not run as root, the user who must own its files, and the programs. */
export type Runner = { prefix: string[]; uid: number | undefined; binaries: Binaries };

const NOBODY = 65534;
const IN_NAMESPACE = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
const AS_NOBODY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
const THROUGH_CLOSED_FOLDERS = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];

/**
 * PostgreSQL refuses to run as root. As root it is run in a user namespace in which root's own files belong to nobody
 * (so a clone under /root works); where namespaces are not allowed, as the user nobody with the one right to pass
 * through folders that are closed to others. An ordinary user runs it directly. `namespaces` is false in a test.
 */
export function unprivilegedRunner(binaries: Binaries, namespaces = true): Runner {
  if (process.getuid?.() !== 0) return { prefix: [], uid: undefined, binaries };
  if (namespaces && works(IN_NAMESPACE, binaries)) return { prefix: IN_NAMESPACE, uid: 0, binaries };
  // PostgreSQL asks whether its own file may be read without the extra right, so it must lie where all can read it.
  const readable = works([...AS_NOBODY, '--'], binaries) ? binaries : copyForOthers(binaries);
  for (const rights of [THROUGH_CLOSED_FOLDERS, []]) {
    const prefix = [...AS_NOBODY, ...rights, '--'];
    if (works(prefix, readable)) return { prefix, uid: NOBODY, binaries: readable };
  }
  return refuseInWords(
    'postgres_as_root',
    'PostgreSQL does not run as root, and neither unshare nor setpriv works here: start Yingmen as an ordinary user, or set DATABASE_URL.',
  );
}

function works(prefix: string[], binaries: Binaries): boolean {
  const [program, ...words] = [...prefix, binaries.postgres, '--version'];
  const env = { ...process.env, ...binaries.environment };
  return spawnSync(program ?? '', words, { env, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Gives a folder and all in it to the runner's user; nothing to do when it already belongs to that user. */
export function giveTo(runner: Runner, folder: string): void {
  const { uid } = runner;
  if (uid === undefined || lstatSync(folder).uid === uid) return;
  const give = (path: string) => {
    const entry = lstatSync(path);
    if (entry.isDirectory()) for (const name of readdirSync(path)) give(join(path, name));
    // The folder itself comes last: an interrupted hand-over is seen and done again.
    if (!entry.isSymbolicLink()) chownSync(path, uid, uid);
  };
  give(folder);
}
