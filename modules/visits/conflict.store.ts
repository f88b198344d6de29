import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { notFound } from '#platform/refusal.ts';

/** What changed about a household while a phone was without a signal. */
export type Change = 'members' | 'wish' | 'safety' | 'told';
export type ConflictKind = 'two_workers' | 'changed_meanwhile';
export const DECISIONS = ['both_stand', 'first_stands', 'second_stands'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Visits of others to the same door, on the same day, for the same occasion. */
export async function rivalsOf(
  ctx: Ctx,
  visit: { id: string; household_id: string; occasion: string; knocked_on: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from visits where community_id = ${ctx.community.id} and household_id = ${visit.household_id} and occasion = ${visit.occasion}
      and knocked_on = ${visit.knocked_on}::date and worker_id <> ${ctx.actor.id} and id <> ${visit.id} order by received_at`.execute(
    ctx.tx,
  );
  return rows.map((row) => row.id);
}

/** What became different at a door since a phone took it along. */
export async function changesSince(ctx: Ctx, household_id: string, since: Date): Promise<Change[]> {
  const { rows } = await sql<Record<Change, boolean>>`
    select
      exists (select 1 from household_members where community_id = ${ctx.community.id} and household_id = ${household_id}
        and (started_at > ${since} or ended_at > ${since})) as members,
      exists (select 1 from knock_wishes where community_id = ${ctx.community.id} and household_id = ${household_id}
        and (asked_at > ${since} or ended_at > ${since})) as wish,
      exists (select 1 from safety_notes where community_id = ${ctx.community.id} and household_id = ${household_id}
        and (written_at > ${since} or ended_at > ${since})) as safety,
      exists (select 1 from requests where community_id = ${ctx.community.id} and household_id = ${household_id}
        and submitted_at > ${since} and intake in ('desk', 'phone')) as told`.execute(ctx.tx);
  return (Object.entries(rows[0]!) as [Change, boolean][]).filter(([, changed]) => changed).map(([name]) => name);
}

export async function insertConflict(
  ctx: Ctx,
  conflict: {
    id: string;
    household_id: string;
    visit_id: string;
    kind: ConflictKind;
    other_visit_id: string | null;
    changes: Change[];
  },
): Promise<void> {
  await ctx.tx
    .insertInto('visit_conflicts')
    .values({ ...conflict, community_id: ctx.community.id, found_at: ctx.now })
    .execute();
}

export type ConflictRow = {
  id: string;
  household_id: string;
  building_names: Record<string, string>;
  unit: number;
  door: string;
  kind: ConflictKind;
  visit_id: string;
  other_visit_id: string | null;
  changes: Change[];
  found_at: Date;
  decision: Decision | null;
  decision_reason: string | null;
  decided_at: Date | null;
  decided_by: string | null;
};

const conflicts = sql`
  select c.id, c.household_id, b.names as building_names, h.unit, h.door, c.kind, c.visit_id, c.other_visit_id, c.changes, c.found_at,
    c.decision, c.decision_reason, c.decided_at, p.public_name as decided_by
  from visit_conflicts c
    join households h on h.community_id = c.community_id and h.id = c.household_id
    join buildings b on b.community_id = h.community_id and b.id = h.building_id
    left join people p on p.community_id = c.community_id and p.id = c.decided_by_id`;

/** Conflicts that wait for a person, or those that were decided; the newest first. */
export async function conflictList(ctx: Ctx, open: boolean, offset: number, limit: number): Promise<ConflictRow[]> {
  const { rows } = await sql<ConflictRow>`
    ${conflicts} where c.community_id = ${ctx.community.id} and (c.decided_at is null) = ${open}
    order by c.found_at desc, c.id desc offset ${offset} limit ${limit}`.execute(ctx.tx);
  return rows;
}

export async function countOpenConflicts(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from visit_conflicts where community_id = ${ctx.community.id} and decided_at is null`.execute(
    ctx.tx,
  );
  return rows[0]!.count;
}

export async function conflictById(ctx: Ctx, id: string): Promise<ConflictRow> {
  const { rows } =
    await sql<ConflictRow>`${conflicts} where c.community_id = ${ctx.community.id} and c.id = ${id}`.execute(ctx.tx);
  return rows[0] ?? notFound('conflict', id);
}

/** Writes a decision down once; false when somebody else decided first. */
export async function decide(
  ctx: Ctx,
  id: string,
  decision: { decision: Decision; decision_reason: string | null; set_aside_visit_id: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('visit_conflicts')
    .set({ ...decision, decided_at: ctx.now, decided_by_id: ctx.actor.id })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
