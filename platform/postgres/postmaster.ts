import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the main process of a PostgreSQL server says about itself in its folder. */
export type Postmaster = { pid: number; port: number; status: string };

/** Reads postmaster.pid; undefined when there is none or it is not yet written to the end. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 1) return undefined;
    return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

/** True when a process with that number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The processes of PostgreSQL that work in this folder. The system tells it (each keeps the folder as its working
 * directory), so a number that another program got after a restart of the machine is never taken for ours.
 * Undefined where the system has no /proc.
 */
export function processesIn(cluster: string): number[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const folder = realpathSync(cluster);
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      if (readlinkSync(`/proc/${name}/cwd`) !== folder) return [];
      return readFileSync(`/proc/${name}/comm`, 'utf8').trim() === 'postgres' ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

/** The running main process of this folder, if there is one and it is ours. */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const found = readPostmaster(cluster);
  if (!found || !isAlive(found.pid)) return undefined;
  const ours = processesIn(cluster);
  return !ours || ours.includes(found.pid) ? found : undefined;
}

/**
 * Clears what a killed server left: waits for its orphaned processes (they end by themselves when they see that their
 * parent is gone), ends those that do not, and removes a postmaster.pid whose number now belongs to another program.
 */
export async function clearRemains(cluster: string, patience_ms = 5_000): Promise<void> {
  const until = Date.now() + patience_ms;
  while ((processesIn(cluster)?.length ?? 0) > 0 && Date.now() < until) await sleep(50);
  for (const pid of processesIn(cluster) ?? []) process.kill(pid, 'SIGQUIT');
  while ((processesIn(cluster)?.length ?? 0) > 0 && Date.now() < until + patience_ms) await sleep(50);
  const stale = readPostmaster(cluster);
  if (stale && isAlive(stale.pid) && processesIn(cluster)?.length === 0) rmSync(join(cluster, 'postmaster.pid'));
}
