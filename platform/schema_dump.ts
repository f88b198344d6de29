import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { REPOSITORY } from './config.ts';
import { withClient } from './postgres/roles.ts';

export const SCHEMA_FILE = join(REPOSITORY, 'db', 'schema.sql');

const HEADER =
  '-- Generated from the migrated database by `yingmen migrate --dump`; compared in the tests. Do not edit.';

/**
 * Each query gives one line or statement a row, in an order that does not depend on how the database was reached.
 * Objects of extensions are left out: their version is the server's.
 */
const SECTIONS: [title: string, query: string][] = [
  [
    'Types',
    `select format('create type %s as enum (%s);', t.typname, string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) as line
     from pg_type t join pg_enum e on e.enumtypid = t.oid
     where t.typnamespace = 'public'::regnamespace group by t.typname order by t.typname collate "C"`,
  ],
  [
    'Collations',
    `select format('create collation %I (provider = icu, locale = %L);', collname, colllocale) as line
     from pg_collation where collnamespace = 'public'::regnamespace and collprovider = 'i' order by collname collate "C"`,
  ],
  [
    'Functions',
    `select pg_get_functiondef(p.oid) || ';' as line from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     order by p.oid::regprocedure::text collate "C"`,
  ],
  [
    'Sequences',
    `select format('create sequence %I as %s start %s increment %s;', sequencename, data_type, start_value, increment_by) as line
     from pg_sequences where schemaname = 'public' order by sequencename collate "C"`,
  ],
  [
    'Tables',
    `select format(E'create table %I (\n  %s\n);', c.relname, string_agg(concat_ws(' ', quote_ident(a.attname),
       format_type(a.atttypid, a.atttypmod),
       case when a.attgenerated = 's' then 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
            when a.attidentity <> '' then 'generated ' || case a.attidentity when 'a' then 'always' else 'by default' end || ' as identity'
            when d.adbin is not null then 'default ' || pg_get_expr(d.adbin, d.adrelid) end,
       case when a.attnotnull then 'not null' end), E',\n  ' order by a.attname collate "C")) as line
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by c.relname order by c.relname collate "C"`,
  ],
  [
    'Views',
    `select format(E'create view %I as\n%s', viewname, definition) as line from pg_views
     where schemaname = 'public' order by viewname collate "C"`,
  ],
  [
    'Constraints',
    `select format('alter table %I add constraint %I %s;', c.relname, k.conname, pg_get_constraintdef(k.oid)) as line
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where c.relnamespace = 'public'::regnamespace order by c.relname collate "C", k.contype, k.conname collate "C"`,
  ],
  [
    'Indexes',
    `select pg_get_indexdef(i.indexrelid) || ';' as line from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = 'public'::regnamespace and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
     order by c.relname collate "C"`,
  ],
  [
    'Triggers',
    `select pg_get_triggerdef(t.oid) || ';' as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = 'public'::regnamespace and not t.tgisinternal order by c.relname collate "C", t.tgname collate "C"`,
  ],
  [
    'Row-level security',
    `select line from (
       select c.relname as table_name, '' as policy_name, format('alter table %I %s row level security;', c.relname,
         case when c.relforcerowsecurity then 'enable and force' else 'enable' end) as line
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relrowsecurity
       union all
       select tablename, policyname, format('create policy %I on %I %s for %s to %s using (%s) with check (%s);', policyname, tablename,
         permissive, cmd, array_to_string(roles, ', '), coalesce(qual, ''), coalesce(with_check, ''))
       from pg_policies where schemaname = 'public') lines
     order by table_name collate "C", policy_name collate "C"`,
  ],
  [
    'Privileges',
    `select format('grant %s on %I to %I;', string_agg(lower(g.privilege_type), ', ' order by g.privilege_type), c.relname, r.rolname) as line
     from pg_class c cross join lateral aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee
     where c.relnamespace = 'public'::regnamespace and r.oid <> c.relowner
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     group by c.relname, r.rolname order by c.relname collate "C", r.rolname collate "C"`,
  ],
  [
    'Privileges on columns',
    `select format('grant %s (%I) on %I to %I;', lower(g.privilege_type), a.attname, c.relname, r.rolname) as line
     from pg_attribute a join pg_class c on c.oid = a.attrelid cross join lateral aclexplode(a.attacl) g join pg_roles r on r.oid = g.grantee
     where c.relnamespace = 'public'::regnamespace
     order by c.relname collate "C", a.attname collate "C", r.rolname collate "C", g.privilege_type`,
  ],
];

/** The schema of a migrated database as sorted text: the same for every way that leads to the same schema. */
export async function dumpSchema(url: string): Promise<string> {
  return withClient(url, async (client) => {
    // Without a path every name outside the public schema is written in full.
    await client.query('set search_path = public, pg_catalog');
    const parts = [HEADER];
    for (const [title, query] of SECTIONS) {
      const { rows } = await client.query<{ line: string }>(query);
      if (rows.length > 0) parts.push(`-- ${title}\n\n${rows.map(({ line }) => line.trim()).join('\n')}`);
    }
    return `${parts.join('\n\n')}\n`;
  });
}

/** Lines in which a database differs from db/schema.sql: `-` is missing in the database, `+` is not in the file. */
export async function compareSchema(url: string): Promise<string[]> {
  return differences(readFileSync(SCHEMA_FILE, 'utf8'), await dumpSchema(url));
}

/** Lines in which two dumps differ: `-` is in the first alone, `+` in the second alone. */
export function differences(first: string, second: string): string[] {
  if (first === second) return [];
  const [expected, found] = [first.split('\n'), second.split('\n')];
  const [in_first, in_second] = [new Set(expected), new Set(found)];
  const lines = [
    ...expected.filter((line) => !in_second.has(line)).map((line) => `- ${line}`),
    ...found.filter((line) => !in_first.has(line)).map((line) => `+ ${line}`),
  ];
  // The same line may stand in several tables; then the first place where they part says more.
  const index = expected.findIndex((line, at) => line !== found[at]);
  return lines.length > 0 ? lines : [`- ${expected[index]}`, `+ ${found[index]}`];
}

/** How many tables there are, and about how many rows the server thinks they hold. */
export async function countTables(client: pg.Client): Promise<{ tables: number; rows: number }> {
  const { rows } = await client.query<{ tables: number; rows: number }>(
    `select count(*)::int as tables, coalesce(sum(greatest(n_live_tup, 0)), 0)::float as rows
     from pg_stat_user_tables where schemaname = 'public'`,
  );
  return rows[0] ?? { tables: 0, rows: 0 };
}
