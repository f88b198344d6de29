import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './db.generated.ts';
import { log } from './log.ts';

// Counts and sizes fit a double; identifiers are texts. Dates without time stay the text they are.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (text) => Number(text));

const NAMED_STATEMENTS_LIMIT = 500;

type Client = pg.PoolClient & { communityId?: string };

export type Database = {
  pool: pg.Pool;
  /** A query builder whose every connection is set to that community (row-level security sees nothing else). */
  of(communityId: string): Kysely<DB>;
  close(): Promise<void>;
};

/**
 * Opens the application's pool. A connection keeps the community it was last used for, so that the setting costs a
 * round trip only when it changes; statements seen before are sent by name, so that the server plans them once.
 */
export function openPool(url: string, size: number): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    idleTimeoutMillis: 30_000,
    // Room to add measures up in memory.
    options: '-c work_mem=16MB',
  });
  // Without a listener a restart of the database would end this process.
  pool.on('error', (error) => log.warn({ error: error.message }, 'an idle database connection was lost'));
  // One that is in use when the database goes away tells it twice: to its query, and as an event that would end this process.
  pool.on('connect', (client) => client.on('error', () => {}));
  const byCommunity = new Map<string, Kysely<DB>>();
  return {
    pool,
    of(communityId) {
      let found = byCommunity.get(communityId);
      if (!found) {
        found = new Kysely<DB>({ dialect: new PostgresDialect({ pool: communityPool(pool, communityId) as pg.Pool }) });
        byCommunity.set(communityId, found);
      }
      return found;
    },
    close: () => pool.end(),
  };
}

function communityPool(pool: pg.Pool, communityId: string) {
  return {
    async connect() {
      const client = (await pool.connect()) as Client;
      try {
        if (client.communityId !== communityId) {
          await client.query({
            name: 'set_community',
            text: "select set_config('app.community_id', $1, false)",
            values: [communityId],
          });
          client.communityId = communityId;
        }
      } catch (error) {
        client.release(true);
        throw error;
      }
      return {
        query: (text: string, values?: unknown[]) => client.query(named(text, values)),
        release: (error?: Error | boolean) => client.release(error),
      };
    },
    end: async () => {},
  };
}

const names = new Map<string, string>();

/** Statements with values get a name from their text, up to a limit, so that a flood of shapes cannot fill the server. */
function named(text: string, values: unknown[] | undefined): pg.QueryConfig {
  if (!values || values.length === 0) return { text };
  let name = names.get(text);
  if (!name && names.size < NAMED_STATEMENTS_LIMIT) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    names.set(text, name);
  }
  return name ? { name, text, values } : { text, values };
}

/** The code of a PostgreSQL error and the constraint it names, or undefined for anything else. */
export function databaseError(error: unknown): { code: string; constraint?: string } | undefined {
  if (error instanceof pg.DatabaseError && error.code) return { code: error.code, constraint: error.constraint };
  return undefined;
}

export const UNIQUE_VIOLATION = '23505';
export const FOREIGN_KEY_VIOLATION = '23503';
export const SERIALIZATION_FAILURE = '40001';
export const DEADLOCK_DETECTED = '40P01';
