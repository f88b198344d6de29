import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const TARGET = 'platform/db.generated.ts';

/**
 * Writes platform/db.generated.ts from a migrated database: `node db/generate_types.ts URL`.
 * Two corrections: counts are numbers (platform/db.ts parses them so), and JSON is unknown until a store says what it is.
 */
export function generateTypes(url: string): string {
  const words = ['--url', url, '--dialect', 'postgres', '--out-file', TARGET, '--default-schema', 'public'];
  execFileSync(process.execPath, ['node_modules/.bin/kysely-codegen', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const text = readFileSync(TARGET, 'utf8')
    .replace(/export type Int8 = .*;/, 'export type Int8 = number;')
    .replace(/export type Json = JsonValue;/, 'export type Json = ColumnType<unknown, unknown, unknown>;')
    .replace(/export type (JsonArray|JsonPrimitive|JsonValue) = [^;]*;\n\n/g, '')
    .replace(/export type JsonObject = \{[^}]*\};\n\n/, '');
  writeFileSync(TARGET, text);
  return text;
}

if (process.argv[1]?.endsWith('generate_types.ts')) generateTypes(process.argv[2] ?? '');
