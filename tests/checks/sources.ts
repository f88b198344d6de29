import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export type Source = { path: string; text: string; imports: string[] };

/** Every TypeScript source of the repository with what it imports; generated files are left out. */
export function readSources(pattern = '{platform,engines,modules,faces,workers,bin,db,tests,bench}/**/*.ts'): Source[] {
  const exclude = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**', '**/*.generated.ts', '**/*.d.ts'];
  return globSync(pattern, { cwd: ROOT, exclude })
    .sort()
    .map((path) => sourceOf(path, readFileSync(join(ROOT, path), 'utf8')));
}

export function sourceOf(path: string, text: string): Source {
  const imports = [
    ...text.matchAll(/^\s*(?:import|export)\b[^;'"]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm),
  ].map((match) => match[1] ?? match[2]!);
  return { path, text, imports };
}
