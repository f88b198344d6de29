import pg from 'pg';

const LOCK = 720_114;

/**
 * Makes the two roles and the database `name` on a server of our own. `yingmen_owner` owns the database;
 * `yingmen_app` may connect and is bound by row-level security. Safe to repeat and safe in several processes at once.
 */
export async function prepareDatabase(
  superuser_url: string,
  name: string,
  passwords: { owner: string; app: string },
): Promise<void> {
  await prepareRoles(superuser_url, passwords);
  await withClient(superuser_url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)} owner yingmen_owner`);
  });
  const database_url = new URL(superuser_url);
  database_url.pathname = `/${name}`;
  await withClient(database_url.href, ensureExtensions);
}

/** Makes the two roles where they are missing. */
export async function prepareRoles(superuser_url: string, passwords: { owner: string; app: string }): Promise<void> {
  await withClient(superuser_url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await ensureRole(client, 'yingmen_owner', passwords.owner);
    await ensureRole(client, 'yingmen_app', passwords.app);
  });
}

/** Adds what the schema stands on: trigrams find words of two characters in Chinese text. */
export async function ensureExtensions(client: pg.Client): Promise<void> {
  await client.query('set client_min_messages = warning');
  await client.query('create extension if not exists pg_trgm');
  await letWordsUseTheirIndex(client);
}

/**
 * Under row-level security only functions marked leakproof may be looked up in an index. Matching words gives nothing away
 * but through errors, which it does not raise; a role that may not mark it leaves search right, only slower.
 */
async function letWordsUseTheirIndex(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ marked: boolean; may: boolean }>(`
    select proleakproof as marked, (select rolsuper from pg_roles where rolname = current_user) as may
    from pg_proc where oid = 'pg_catalog.ts_match_vq(tsvector, tsquery)'::regprocedure`);
  if (rows[0]?.may && !rows[0].marked)
    await client.query('alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof');
}

async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (rowCount) return;
  await client.query(
    `create role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls password ${client.escapeLiteral(password)}`,
  );
}

/** Runs one piece of work on a connection of its own. */
export async function withClient<Answer>(url: string, work: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client({ connectionString: url });
  // A connection that is cut fails the query in hand; without a listener it would end the process as well.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
