import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Query } from '#platform/query.ts';

export type AnyQuery = Query<never, unknown>;
const ROOT = join(import.meta.dirname, '..', '..');

/** Every query of every module and of the platform, found by its source, so that a new one cannot be forgotten. */
export async function everyQuery(): Promise<AnyQuery[]> {
  const found: AnyQuery[] = [];
  for (const path of globSync('{modules,platform}/**/*.ts', { cwd: ROOT, exclude: ['**/*.test.ts'] }).sort()) {
    const names = [...readFileSync(join(ROOT, path), 'utf8').matchAll(/^export const (\w+) = query(?:<[^\n]*>)?\(/gm)];
    if (names.length === 0) continue;
    const module = (await import(join(ROOT, path))) as Record<string, AnyQuery>;
    for (const [, name] of names) found.push(module[name!]!);
  }
  return found;
}
