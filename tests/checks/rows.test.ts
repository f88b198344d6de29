import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';

let town: Neighbourhood;
let owner: pg.Client;
let app: pg.Client;
before(async () => {
  town = await makeNeighbourhood();
  owner = new pg.Client(town.owner_url);
  app = new pg.Client(town.app_url);
  await Promise.all([owner.connect(), app.connect()]);
});
after(async () => {
  await Promise.all([owner.end(), app.end()]);
  await town.close();
});

// Tables of no community: shared by all, or the installation's own.
const SHARED = [
  'calendars',
  'communities',
  'demo_seeds',
  'login_attempts',
  'login_challenges',
  'login_codes',
  'login_passkeys',
  'login_sessions',
  'logins',
  'schema_migrations',
];

describe('rows of a community', () => {
  it('are guarded on every table: community_id first in its key, row-level security forced', async () => {
    const { rows } = await owner.query<{ name: string; guarded: boolean; first: string | null }>(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
        (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indrelid = c.oid and i.indisprimary) as first
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' order by 1`);
    const unguarded = rows
      .filter((row) => !SHARED.includes(row.name) && (!row.guarded || row.first !== 'community_id'))
      .map((row) => row.name);
    assert.deepEqual(unguarded, []);
    assert.ok(rows.length > 30);
  });

  it('belong to a role that is not the application’s', async () => {
    const { rows } = await app.query(
      "select tablename from pg_tables where schemaname = 'public' and tableowner = current_user",
    );
    assert.deepEqual(rows, []);
    const { rows: role } = await app.query('select rolsuper, rolbypassrls from pg_roles where rolname = current_user');
    assert.deepEqual(role, [{ rolsuper: false, rolbypassrls: false }]);
  });

  it('are not seen from another community, nor without one', async () => {
    const people = async () => (await app.query('select count(*)::int as count from people')).rows[0].count;
    assert.equal(await people(), 0);
    await app.query("select set_config('app.community_id', $1, false)", [town.grids.east]);
    assert.equal(await people(), 0);
    await app.query("select set_config('app.community_id', $1, false)", [town.community.id]);
    assert.ok((await people()) > 0);
    await assert.rejects(
      app.query('insert into grids (community_id, id, code, names, boundary) values ($1, $1, $2, $3, $3)', [
        town.grids.east,
        'X',
        '{}',
      ]),
      /row-level security/,
    );
  });

  it('of history are only appended to', async () => {
    for (const table of ['events', 'receipts', 'request_steps', 'file_reads']) {
      await assert.rejects(app.query(`update ${table} set community_id = community_id`), /permission denied/);
      await assert.rejects(app.query(`delete from ${table}`), /permission denied/);
    }
  });
});
