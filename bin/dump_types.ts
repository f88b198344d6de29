import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '#platform/config.ts';

export const TYPES_FILE = join(REPOSITORY, 'platform', 'db.generated.ts');

/**
 * Writes the types of all tables from the migrated database. Counts fit a number here (the driver is told so), and JSON is
 * for whoever reads it to judge.
 */
export function dumpTypes(owner_url: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'yingmen-types-'));
  const file = join(folder, 'types.ts');
  const codegen = join(REPOSITORY, 'node_modules', '.bin', 'kysely-codegen');
  try {
    const wanted = ['--dialect', 'postgres', '--url', owner_url, '--default-schema', 'public'];
    execFileSync(codegen, [...wanted, '--exclude-pattern', 'graphile_worker.*', '--out-file', file], { stdio: 'pipe' });
    writeFileSync(TYPES_FILE, ourTypes(readFileSync(file, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ourTypes(text: string): string {
  return (
    text
      .replace(/^export type Int8 = .*$/m, 'export type Int8 = number;')
      .replace(/^export type Json = JsonValue;$/m, 'export type Json = ColumnType<unknown, unknown, unknown>;')
      .replace(/^export type Json(?:Array|Primitive|Value) = .*\n\n/gm, '')
      .replace(/^export type JsonObject = \{\n.*\n\};\n\n/m, '')
      // The database's own books: no module reads them.
      .replace(/^export interface (?:DemoSeeds|SchemaMigrations) \{\n(?: .*\n)+\}\n\n/gm, '')
      .replace(/^ {2}(?:demo_seeds|schema_migrations): .*\n/gm, '')
  );
}
