import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withClient } from '#platform/postgres/roles.ts';
import { countTables, dumpSchema, SCHEMA_FILE } from '#platform/schema_dump.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { dumpTypes, TYPES_FILE } from '../dump_types.ts';
import { openInstallation } from '../open_installation.ts';

type Answer = { tables: number; rows: number; elapsed_ms: number; applied: string[] };

export const command: CommandLine = {
  name: 'migrate',
  summary: 'Brings the schema of the database up to date.',
  usage:
    'yingmen migrate [--dump]\n\n  --dump  also writes db/schema.sql and platform/db.generated.ts from the migrated database',
  async run({ args, progress }) {
    const dump = wantsDump(args);
    const began = performance.now();
    const { database, applied } = await openInstallation();
    try {
      if (dump) {
        writeFileSync(SCHEMA_FILE, await dumpSchema(database.owner_url));
        dumpTypes(database.owner_url);
        progress(`Wrote ${SCHEMA_FILE} and ${TYPES_FILE}.`);
      }
      const counted = await withClient(database.owner_url, countTables);
      return { ...counted, elapsed_ms: Math.round(performance.now() - began), applied } satisfies Answer;
    } finally {
      await database.stop();
    }
  },
  print(answer) {
    const { tables, applied } = answer as Answer;
    const done = applied.length ? `Applied ${applied.length}: ${applied.join(', ')}.` : 'Nothing to apply.';
    return `${done} The database has ${tables} tables.`;
  },
};

function wantsDump(args: string[]): boolean {
  try {
    return parseArgs({ args, options: { dump: { type: 'boolean', default: false } } }).values.dump;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
