import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '#platform/environment.ts';

/** A phone's visits wait for a signal for a month at most; parts of files that are older will not be gone on with. */
const KEPT_MS = 32 * 86_400_000;

/** Takes away parts of files that nobody has gone on sending; answers how many. */
export async function dropUploads(environment: Pick<Environment, 'data_dir' | 'clock'>): Promise<number> {
  const folder = join(environment.data_dir, 'uploads');
  const oldest = environment.clock().getTime() - KEPT_MS;
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let dropped = 0;
  for (const name of names) {
    if (!name.isFile()) continue;
    const path = join(name.parentPath, name.name);
    const file = await stat(path).catch(() => undefined);
    if (!file || file.mtimeMs > oldest) continue;
    await rm(path, { force: true });
    dropped += 1;
  }
  return dropped;
}
