import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { fingerprint, open, seal } from '#platform/crypto.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { maskContact, maskName, sealedPlace } from './person.ts';

export type PersonRow = {
  id: string;
  login_id: string | null;
  name_sealed: Buffer;
  name_masked: string;
  public_name: string | null;
  born_in_year: number | null;
  languages: string[];
  large_type: boolean;
  created_at: Date;
  version: number;
};

const COLUMNS = [
  'id',
  'login_id',
  'name_sealed',
  'name_masked',
  'public_name',
  'born_in_year',
  'languages',
  'large_type',
  'created_at',
  'version',
] as const;

export async function findPerson(ctx: Ctx, id: string): Promise<PersonRow> {
  const row = await ctx.tx
    .selectFrom('people')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  return (row as PersonRow | undefined) ?? notFound('person', id);
}

export function nameOf(ctx: Ctx, person: Pick<PersonRow, 'id' | 'name_sealed'>): string {
  return open(ctx.keys, sealedPlace.name(person.id), person.name_sealed);
}

/** The columns that a name fills: sealed, masked for lists, and a fingerprint for exact search. */
function nameColumns(ctx: Ctx, id: string, name: string) {
  return {
    name_sealed: seal(ctx.keys, sealedPlace.name(id), name),
    name_masked: maskName(name),
    name_fingerprint: fingerprint(ctx.keys, 'people/name', name),
  };
}

export async function insertPerson(
  ctx: Ctx,
  person: { id: string; name: string; login_id?: string; public_name?: string; born_in_year?: number },
) {
  const { name, ...rest } = person;
  await ctx.tx
    .insertInto('people')
    .values({
      ...rest,
      ...nameColumns(ctx, person.id, name),
      community_id: ctx.community.id,
      created_at: ctx.now,
      created_by_id: ctx.actor.kind === 'person' ? ctx.actor.id : person.id,
    })
    .execute();
}

export type PersonChanges = {
  name?: string;
  public_name?: string | null;
  born_in_year?: number | null;
  large_type?: boolean;
  languages?: string[];
};

export async function changePerson(
  ctx: Ctx,
  id: string,
  { name, ...rest }: PersonChanges,
  version?: number,
): Promise<void> {
  let update = ctx.tx
    .updateTable('people')
    .set((e) => ({ ...rest, ...(name !== undefined && nameColumns(ctx, id, name)), version: e('version', '+', 1) }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id);
  if (version !== undefined) update = update.where('version', '=', version);
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'person', id });
}

export async function personOfLogin(ctx: Ctx, login_id: string): Promise<string | undefined> {
  const row = await ctx.tx
    .selectFrom('people')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('login_id', '=', login_id)
    .executeTakeFirst();
  return row?.id;
}

/** The one person without a login who has this phone verified by staff; none when there are several. */
export async function personWithPhone(ctx: Ctx, phone: string): Promise<string | undefined> {
  const rows = await ctx.tx
    .selectFrom('contact_points')
    .innerJoin('people', (join) =>
      join
        .onRef('people.community_id', '=', 'contact_points.community_id')
        .onRef('people.id', '=', 'contact_points.person_id'),
    )
    .select('people.id')
    .where('contact_points.community_id', '=', ctx.community.id)
    .where('value_fingerprint', '=', fingerprint(ctx.keys, 'contact_points/phone', phone))
    .where('contact_points.ended_at', 'is', null)
    .where('contact_points.verified_at', 'is not', null)
    .where('people.login_id', 'is', null)
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0]!.id : undefined;
}

export async function setLogin(ctx: Ctx, id: string, login_id: string): Promise<void> {
  await ctx.tx
    .updateTable('people')
    .set({ login_id })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export async function addContact(
  ctx: Ctx,
  person_id: string,
  kind: 'phone' | 'email',
  value: string,
  verified: boolean,
): Promise<string> {
  const id = ctx.newId<'contact_point'>();
  await ctx.tx
    .insertInto('contact_points')
    .values({
      community_id: ctx.community.id,
      id,
      person_id,
      kind,
      value_sealed: seal(ctx.keys, sealedPlace.contact(id), value),
      value_masked: maskContact(kind, value),
      value_fingerprint: fingerprint(ctx.keys, `contact_points/${kind}`, value),
      verified_at: verified ? ctx.now : null,
      created_at: ctx.now,
    })
    .execute();
  return id;
}

export async function contactsOf(ctx: Ctx, personId: string) {
  return ctx.tx
    .selectFrom('contact_points')
    .select(['id', 'kind', 'value_sealed', 'value_masked', 'verified_at', 'created_at'])
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .execute();
}

export type FileRead = {
  id: string;
  reader_id: string;
  reader_name: string | null;
  at: Date;
  fields: string[];
  reason: string;
  via: string;
};

export async function readsOf(ctx: Ctx, personId: string, limit: number): Promise<FileRead[]> {
  const { rows } = await sql<FileRead>`
    select f.id, f.reader_id, p.public_name as reader_name, f.at, f.fields, f.reason, f.via
    from file_reads f left join people p on p.community_id = f.community_id and p.id = f.reader_id
    where f.community_id = ${ctx.community.id} and f.person_id = ${personId} order by f.id desc limit ${limit}`.execute(
    ctx.tx,
  );
  return rows;
}

export async function leaveTrace(ctx: Ctx, person_id: string, fields: string[], reason: string): Promise<void> {
  await ctx.tx
    .insertInto('file_reads')
    .values({
      community_id: ctx.community.id,
      id: ctx.newId(),
      person_id,
      reader_id: ctx.actor.id,
      at: ctx.now,
      fields,
      reason,
      via: ctx.via,
    })
    .execute();
}

export async function householdsOf(ctx: Ctx, personId: string) {
  const { rows } = await sql<{
    household_id: string;
    relation: string;
    started_at: Date;
    verified_at: Date | null;
    building_id: string;
    building_names: Record<string, string>;
    unit: number;
    door: string;
  }>`
    select m.household_id, m.relation, m.started_at, m.verified_at, b.id as building_id, b.names as building_names, h.unit, h.door
    from household_members m
      join households h on h.community_id = m.community_id and h.id = m.household_id
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
    where m.community_id = ${ctx.community.id} and m.person_id = ${personId} and m.ended_at is null order by m.started_at`.execute(
    ctx.tx,
  );
  return rows;
}

/** The one person with a sign-in who has this phone; none when there are several. */
export async function personWithPhoneAndLogin(ctx: Ctx, phone: string): Promise<string | undefined> {
  const rows = await ctx.tx
    .selectFrom('contact_points')
    .innerJoin('people', (join) =>
      join
        .onRef('people.community_id', '=', 'contact_points.community_id')
        .onRef('people.id', '=', 'contact_points.person_id'),
    )
    .select('people.id')
    .distinct()
    .where('contact_points.community_id', '=', ctx.community.id)
    .where('value_fingerprint', '=', fingerprint(ctx.keys, 'contact_points/phone', phone))
    .where('contact_points.ended_at', 'is', null)
    .where('people.login_id', 'is not', null)
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0]!.id : undefined;
}

export type Found = {
  id: string;
  name_masked: string;
  public_name: string | null;
  phone_masked: string | null;
  doors: string[];
};

/** People by exact phone, exact name, or door; names and phones masked. */
export async function searchPeople(
  ctx: Ctx,
  by: { phone?: string; name?: string; household_id?: string },
): Promise<Found[]> {
  const condition = by.phone
    ? sql`exists (select 1 from contact_points c where c.community_id = p.community_id and c.person_id = p.id and c.ended_at is null
        and c.value_fingerprint = ${fingerprint(ctx.keys, 'contact_points/phone', by.phone)})`
    : by.household_id
      ? sql`exists (select 1 from household_members m where m.community_id = p.community_id and m.person_id = p.id
          and m.ended_at is null and m.household_id = ${by.household_id})`
      : sql`(p.name_fingerprint = ${fingerprint(ctx.keys, 'people/name', by.name ?? '')} or p.public_name = ${by.name ?? ''})`;
  const { rows } = await sql<Found>`
    select p.id, p.name_masked, p.public_name,
      (select value_masked from contact_points c where c.community_id = p.community_id and c.person_id = p.id and c.kind = 'phone'
        and c.ended_at is null order by c.created_at limit 1) as phone_masked,
      array(select (b.names->>'zh-CN') || ' ' || h.unit || '-' || h.door from household_members m
        join households h on h.community_id = m.community_id and h.id = m.household_id
        join buildings b on b.community_id = h.community_id and b.id = h.building_id
        where m.community_id = p.community_id and m.person_id = p.id and m.ended_at is null) as doors
    from people p where p.community_id = ${ctx.community.id} and p.erased_at is null and ${condition}
    order by p.id limit 50`.execute(ctx.tx);
  return rows;
}
