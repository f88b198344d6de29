import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { contactRow } from './contact.store.ts';
import { nameColumns, nameFingerprint } from './person.store.ts';
import type { Resident } from './roster.ts';

const BATCH = 2_000;

/** Which of these doors there are. */
export async function findHouseholds(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from households where community_id = ${ctx.community.id} and ended_at is null
      and id::text = any (${ids}::text[])`.execute(ctx.tx);
  return new Set(rows.map((row) => row.id));
}

/** The places in the list of those who are written down behind that door by that name already. */
export async function findResidents(ctx: Ctx, residents: Resident[]): Promise<Set<number>> {
  const doors = residents.map((one) => one.household_id);
  const prints = residents.map((one) => nameFingerprint(ctx, one.name).toString('hex'));
  const { rows } = await sql<{ place: number }>`
    select (r.place - 1)::int as place from unnest(${doors}::uuid[], ${prints}::text[]) with ordinality as r (door, print, place)
    where exists (select 1 from household_members m join people p on p.community_id = m.community_id and p.id = m.person_id
      where m.community_id = ${ctx.community.id} and m.household_id = r.door and m.ended_at is null
        and p.name_fingerprint = decode(r.print, 'hex') and p.erased_at is null)`.execute(ctx.tx);
  return new Set(rows.map((row) => row.place));
}

/** Writes people, their phones and where they live, in few statements. */
export async function insertResidents(ctx: Ctx, residents: Resident[], verified_how: string | null): Promise<void> {
  const community_id = ctx.community.id;
  for (let i = 0; i < residents.length; i += BATCH) {
    const batch = residents.slice(i, i + BATCH).map((one) => ({ id: ctx.newId<'person'>(), ...one }));
    const people = batch.map(({ id, name, born_in_year }) => ({
      ...{ community_id, id, born_in_year },
      ...nameColumns(ctx, id, name),
      created_at: ctx.now,
      created_by_id: ctx.actor.id,
    }));
    const members = batch.map(({ id, household_id, relation }) => ({
      ...{ community_id, household_id, relation, verified_how },
      id: ctx.newId<'household_member'>(),
      person_id: id,
      started_at: ctx.now,
      verified_at: verified_how ? ctx.now : null,
      verified_by_id: verified_how ? ctx.actor.id : null,
    }));
    const phones = batch.flatMap(({ id, phone }) =>
      phone ? [contactRow(ctx, { id: ctx.newId(), person_id: id, kind: 'phone', value: phone, verified: true })] : [],
    );
    await insertAll(ctx, 'people', people);
    await insertAll(ctx, 'household_members', members);
    await insertAll(ctx, 'contact_points', phones);
  }
}

/** One statement with one value: a row of values a row would meet PostgreSQL's limit of 65,535 parameters. */
async function insertAll(ctx: Ctx, table: string, rows: Record<string, unknown>[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = sql.join(Object.keys(rows[0]!).map((name) => sql.ref(name)));
  const json = JSON.stringify(rows, (_key, value) =>
    isBytes(value) ? `\\x${Buffer.from(value.data).toString('hex')}` : value,
  );
  await sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${json}::jsonb)`.execute(ctx.tx);
}

/** What JSON makes of a Buffer before a replacer sees it. */
function isBytes(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'Buffer';
}
