import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { open, seal } from '#platform/crypto.ts';
import { notFound } from '#platform/refusal.ts';
import type { Hours } from './quiet.ts';
import { sealedPlace } from './visit.ts';

export type KnockWish = {
  id: string;
  household_id: string;
  wish: 'no_knock' | 'only_between';
  asked_at: Date;
} & Partial<Hours>;

/** What households ask for today. */
export async function wishesOf(ctx: Ctx, household_ids: readonly string[]): Promise<KnockWish[]> {
  if (household_ids.length === 0) return [];
  const rows = await ctx.tx
    .selectFrom('knock_wishes')
    .select(['id', 'household_id', 'wish', 'from_minute', 'until_minute', 'asked_at'])
    .where('community_id', '=', ctx.community.id)
    .where('household_id', 'in', [...household_ids])
    .where('ended_at', 'is', null)
    .execute();
  return rows as KnockWish[];
}

export async function endWish(ctx: Ctx, household_id: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('knock_wishes')
    .set({ ended_at: ctx.now, ended_by_id: ctx.actor.id })
    .where('community_id', '=', ctx.community.id)
    .where('household_id', '=', household_id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function insertWish(
  ctx: Ctx,
  wish: { id: string; household_id: string; wish: string } & Partial<Hours>,
): Promise<void> {
  await ctx.tx
    .insertInto('knock_wishes')
    .values({ ...wish, community_id: ctx.community.id, asked_at: ctx.now, asked_by_id: ctx.actor.id })
    .execute();
}

/** Whether two should go to the door `h`, by what is noted now. */
export const needsTwo = (ctx: Ctx) => sql<boolean>`exists (select 1 from safety_notes s
  where s.community_id = h.community_id and s.household_id = h.id and s.ended_at is null and s.expires_on > ${ctx.now}::date)`;

export type SafetyNote = {
  id: string;
  household_id: string;
  note: string;
  expires_on: string;
  written_by: string | null;
};

/** Why two should go to some doors, opened. */
export async function safetyNotesOf(ctx: Ctx, household_ids: readonly string[]): Promise<SafetyNote[]> {
  const { rows } = await sql<Omit<SafetyNote, 'note'> & { note_sealed: Buffer }>`
    select s.id, s.household_id, s.note_sealed, to_char(s.expires_on, 'YYYY-MM-DD') as expires_on, p.public_name as written_by
    from safety_notes s left join people p on p.community_id = s.community_id and p.id = s.written_by_id
    where s.community_id = ${ctx.community.id} and s.household_id = any (${[...household_ids]}::uuid[])
      and s.ended_at is null and s.expires_on > ${ctx.now}::date order by s.id`.execute(ctx.tx);
  return rows.map(({ note_sealed, ...row }) => ({
    ...row,
    note: open(ctx.keys, sealedPlace.safety(row.id), note_sealed),
  }));
}

export async function insertSafetyNote(
  ctx: Ctx,
  { note, ...row }: { id: string; household_id: string; note: string; expires_on: string },
): Promise<void> {
  await ctx.tx
    .insertInto('safety_notes')
    .values({
      ...row,
      community_id: ctx.community.id,
      note_sealed: seal(ctx.keys, sealedPlace.safety(row.id), note),
      written_at: ctx.now,
      written_by_id: ctx.actor.id,
    })
    .execute();
}

/** A safety note that has not ended, locked. */
export async function lockSafetyNote(ctx: Ctx, id: string): Promise<{ id: string; household_id: string }> {
  const row = await ctx.tx
    .selectFrom('safety_notes')
    .select(['id', 'household_id'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? notFound('safety_note', id);
}

export async function endSafetyNote(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx
    .updateTable('safety_notes')
    .set({ ended_at: ctx.now, ended_by_id: ctx.actor.id })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** Gives doors to a worker from now on; the term before ends. */
export async function giveDoors(
  ctx: Ctx,
  household_ids: readonly string[],
  worker_id: string,
  reason: string,
): Promise<void> {
  await ctx.tx
    .updateTable('door_terms')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('household_id', 'in', [...household_ids])
    .where('ended_at', 'is', null)
    .execute();
  await ctx.tx
    .insertInto('door_terms')
    .values(
      household_ids.map((household_id) => ({
        ...{ community_id: ctx.community.id, id: ctx.newId(), household_id, worker_id, reason },
        started_at: ctx.now,
        started_by_id: ctx.actor.id,
      })),
    )
    .execute();
}

/** Whether somebody lives behind a door today and staff have seen that they do. */
export async function livesThere(ctx: Ctx, household_id: string, person_id: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('household_members')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('household_id', '=', household_id)
    .where('person_id', '=', person_id)
    .where('verified_at', 'is not', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether somebody works in grids today, so that doors can be given to them. */
export async function isGridWorker(ctx: Ctx, person_id: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('role_grants')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', person_id)
    .where('role', '=', 'grid_worker')
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** The grids somebody holds the role of grid worker in. */
export async function gridsWorkedIn(ctx: Ctx, person_id: string): Promise<string[]> {
  const rows = await ctx.tx
    .selectFrom('role_grants')
    .select('scope_id')
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', person_id)
    .where('role', '=', 'grid_worker')
    .where('scope_kind', '=', 'grid')
    .where('ended_at', 'is', null)
    .execute();
  return rows.flatMap((row) => (row.scope_id ? [row.scope_id] : []));
}
