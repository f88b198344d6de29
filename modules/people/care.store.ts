import { type SqlBool, sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { open, seal } from '#platform/crypto.ts';
import { notFound } from '#platform/refusal.ts';
import type { Sight } from './care.policy.ts';
import type { CareCircumstance, EndReason } from './care_circumstance.ts';
import type { CarePurpose } from './consent.ts';
import { sealedPlace } from './person.ts';

export type CareRow = {
  id: string;
  person_id: string;
  kind: string;
  purpose: CarePurpose;
  consent_id: string | null;
  legal_ground: string | null;
  seen_by: string[];
  started_on: string;
  expires_on: string;
  recorded_at: Date;
  ended_at: Date | null;
  end_reason: EndReason | null;
  version: number;
  note: string | null;
};

const COLUMNS = [
  'id',
  'person_id',
  'kind',
  'purpose',
  'consent_id',
  'legal_ground',
  'seen_by',
  'note_sealed',
  'started_on',
  'expires_on',
  'recorded_at',
  'ended_at',
  'end_reason',
  'version',
] as const;

type Stored = Omit<CareRow, 'note'> & { note_sealed: Buffer | null };

function opened(ctx: Ctx, { note_sealed, ...row }: Stored): CareRow {
  return { ...row, note: note_sealed ? open(ctx.keys, sealedPlace.care_note(row.id), note_sealed) : null };
}

export async function insertCare(
  ctx: Ctx,
  care: Pick<CareRow, 'id' | 'person_id' | 'kind' | 'purpose' | 'consent_id' | 'legal_ground' | 'seen_by'> &
    Pick<CareRow, 'started_on' | 'expires_on' | 'note'>,
): Promise<void> {
  const { note, ...rest } = care;
  await ctx.tx
    .insertInto('care_circumstances')
    .values({
      ...rest,
      community_id: ctx.community.id,
      note_sealed: note ? seal(ctx.keys, sealedPlace.care_note(care.id), note) : null,
      recorded_at: ctx.now,
      recorded_by_id: ctx.actor.id,
    })
    .execute();
}

/** A circumstance that has not ended, locked. */
export async function lockCare(ctx: Ctx, id: string): Promise<CareRow> {
  const row = await ctx.tx
    .selectFrom('care_circumstances')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ? opened(ctx, row as unknown as Stored) : notFound('care_circumstance', id);
}

export async function changeCare(
  ctx: Ctx,
  id: string,
  { note, ...change }: { expires_on: string; consent_id: string | null; legal_ground: string | null; note?: string },
): Promise<void> {
  await ctx.tx
    .updateTable('care_circumstances')
    .set((e) => ({
      ...change,
      ...(note !== undefined && { note_sealed: note ? seal(ctx.keys, sealedPlace.care_note(id), note) : null }),
      version: e('version', '+', 1),
    }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export async function endCare(ctx: Ctx, ids: string[], end_reason: EndReason): Promise<void> {
  if (ids.length === 0) return;
  await ctx.tx
    .updateTable('care_circumstances')
    .set({ ended_at: ctx.now, ended_by_id: ctx.actor.id, end_reason })
    .where('community_id', '=', ctx.community.id)
    .where('id', 'in', ids)
    .where('ended_at', 'is', null)
    .execute();
}

/** The circumstances that hang on a consent and have not ended. */
export async function careOnConsent(ctx: Ctx, consentId: string): Promise<string[]> {
  const rows = await ctx.tx
    .selectFrom('care_circumstances')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('consent_id', '=', consentId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .execute();
  return rows.map((row) => row.id);
}

/** What hung on one consent hangs on another: the same person agreed to a newer text. */
export async function hangCareOn(ctx: Ctx, from_id: string, consent_id: string): Promise<void> {
  await ctx.tx
    .updateTable('care_circumstances')
    .set({ consent_id })
    .where('community_id', '=', ctx.community.id)
    .where('consent_id', '=', from_id)
    .where('ended_at', 'is', null)
    .execute();
}

/** Everything of somebody that has not been deleted, newest first, with notes. */
export async function careOf(ctx: Ctx, personId: string): Promise<CareRow[]> {
  const rows = await ctx.tx
    .selectFrom('care_circumstances')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .orderBy('id', 'desc')
    .execute();
  return (rows as unknown as Stored[]).map((row) => opened(ctx, row));
}

/** The grids in which somebody lives today. */
export async function gridsOf(ctx: Ctx, personId: string): Promise<(string | null)[]> {
  const { rows } = await sql<{ grid_id: string | null }>`
    select distinct b.grid_id from household_members m
      join households h on h.community_id = m.community_id and h.id = m.household_id
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
    where m.community_id = ${ctx.community.id} and m.person_id = ${personId} and m.ended_at is null`.execute(ctx.tx);
  return rows.map((row) => row.grid_id);
}

export type CareWhere = {
  purpose: CarePurpose;
  on: string;
  sight: Sight;
  grid_ids?: readonly string[];
  household_ids?: readonly string[];
  kinds?: readonly string[];
};

/**
 * The circumstances that stand on a date, door by door, as far as somebody may see them: not ended, not expired, and on a
 * consent to a text that still counts. One pass over the index of open circumstances: 130,000 residents in well under a
 * second.
 */
export async function standingCare(ctx: Ctx, where: CareWhere): Promise<CareCircumstance[]> {
  const { sight } = where;
  const wanted: ReturnType<typeof sql<SqlBool>>[] = [];
  if (where.kinds) wanted.push(sql`c.kind = any (${[...where.kinds]}::text[])`);
  if (where.grid_ids) wanted.push(sql`b.grid_id = any (${[...where.grid_ids]}::uuid[])`);
  if (where.household_ids) wanted.push(sql`m.household_id = any (${[...where.household_ids]}::uuid[])`);
  const { rows } = await sql<CareCircumstance>`
    select c.id, c.person_id, m.household_id, c.kind, c.purpose, c.started_on, c.expires_on
    from care_circumstances c
      join household_members m on m.community_id = c.community_id and m.person_id = c.person_id and m.ended_at is null
      join households h on h.community_id = m.community_id and h.id = m.household_id
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
      left join consents a on a.community_id = c.community_id and a.id = c.consent_id
    where c.community_id = ${ctx.community.id} and c.ended_at is null and c.purpose = ${where.purpose}
      and c.started_on <= ${where.on}::date and c.expires_on > ${where.on}::date
      and (c.consent_id is null or (a.withdrawn_at is null and a.text_version >= coalesce((select max(t.version)
        from consent_texts t where t.community_id = c.community_id and t.purpose = c.purpose and t.asks_again), 1)))
      and (c.seen_by && ${sight.roles}::text[] or ('grid_worker' = any (c.seen_by) and b.grid_id = any (${sight.grid_ids}::uuid[])))
      ${wanted.length > 0 ? sql`and ${sql.join(wanted, sql` and `)}` : sql``}
    order by m.household_id, c.id`.execute(ctx.tx);
  return rows;
}
