import pg from 'pg';
import type { Config } from '../config.ts';
import { refuseInWords } from '../refuse_in_words.ts';
import type { Secrets } from '../secrets.ts';
import { ensureExtensions, prepareDatabase, withClient } from './roles.ts';
import { openServer } from './server.ts';

export { openServer, type RunningServer } from './server.ts';

/** A database that is there, with its roles; not yet migrated. */
export type OpenDatabase = {
  /** Owns the tables: migrations, the worker's own tables, the seed. */
  owner_url: string;
  /** Does not own them and is bound by row-level security: everything else. */
  app_url: string;
  /** True when this process started the embedded server. */
  started_here: boolean;
  /** Empties the database, dropping all it holds; an external one is not ours to drop. */
  recreate?: () => Promise<void>;
  /** Leaves the database; the embedded server stops with its last user. */
  stop(): Promise<void>;
};

const NAME = 'yingmen';
const OLDEST_MAJOR_VERSION = 17;

/**
 * Opens the database of this installation: the external one of DATABASE_URL, else the embedded server in the data
 * folder, which is joined when another process already runs it. Makes the roles and the database when missing.
 */
export async function openDatabase(
  config: Pick<Config, 'data_dir' | 'database_url'>,
  secrets: Secrets,
): Promise<OpenDatabase> {
  if (config.database_url) return openExternal(config.database_url, secrets);
  const server = await openServer({ folder: config.data_dir, password: secrets.database.superuser });
  const superuser_url = server.url('postgres', secrets.database.superuser, 'postgres');
  try {
    await prepareDatabase(superuser_url, NAME, secrets.database);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    owner_url: server.url('yingmen_owner', secrets.database.owner, NAME),
    app_url: server.url('yingmen_app', secrets.database.app, NAME),
    started_here: server.started_here,
    recreate: async () => {
      await withClient(superuser_url, (client) => client.query(`drop database if exists ${NAME} with (force)`));
      await prepareDatabase(superuser_url, NAME, secrets.database);
    },
    stop: () => server.stop(),
  };
}

async function openExternal(url: string, secrets: Secrets): Promise<OpenDatabase> {
  const app_url = new URL(url);
  app_url.username = 'yingmen_app';
  app_url.password = secrets.database.app;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    const reason = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    return refuseInWords('database_unreachable', `The database of DATABASE_URL cannot be reached: ${reason}.`);
  }
  try {
    const { rows } = await client.query<{ version: number; name: string }>(
      "select current_setting('server_version_num')::int / 10000 as version, current_user as name",
    );
    const version = rows[0]?.version ?? 0;
    if (version < OLDEST_MAJOR_VERSION) {
      refuseInWords(
        'database_too_old',
        `The database of DATABASE_URL is PostgreSQL ${version}; Yingmen needs PostgreSQL ${OLDEST_MAJOR_VERSION} or newer.`,
      );
    }
    await ensureExtensions(client);
    await prepareExternalRole(client, app_url, secrets.database.app);
  } finally {
    await client.end();
  }
  return { owner_url: url, app_url: app_url.href, started_here: false, stop: async () => {} };
}

/** Makes the role `yingmen_app`, or gives it our password, unless it can already connect with it. */
async function prepareExternalRole(owner: pg.Client, app_url: URL, password: string): Promise<void> {
  const app = new pg.Client({ connectionString: app_url.href, connectionTimeoutMillis: 10_000 });
  try {
    await app.connect();
    await app.end();
    return;
  } catch {
    // Missing, or with another password.
  }
  try {
    const { rowCount } = await owner.query("select 1 from pg_roles where rolname = 'yingmen_app'");
    const verb = rowCount ? 'alter' : 'create';
    await owner.query(
      `${verb} role yingmen_app login nosuperuser nobypassrls password ${owner.escapeLiteral(password)}`,
    );
    const { rows } = await owner.query<{ name: string }>('select quote_ident(current_database()) as name');
    await owner.query(`grant connect on database ${rows[0]?.name} to yingmen_app`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    refuseInWords(
      'database_role',
      `The role yingmen_app cannot be made (${reason}): let the role of DATABASE_URL create roles, or make yingmen_app with the password "app" of secrets.json.`,
    );
  }
}
