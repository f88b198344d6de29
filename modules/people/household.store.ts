import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

import type { HouseholdRelation } from './household.ts';

export type Door = {
  id: string;
  household_id: string;
  relation: HouseholdRelation;
  started_at: Date;
  verified_at: Date | null;
  verified_how: string | null;
  building_id: string;
  building_names: Record<string, string>;
  unit: number;
  door: string;
};

/** The doors somebody lives behind today. */
export async function householdsOf(ctx: Ctx, personId: string): Promise<Door[]> {
  const { rows } = await sql<Door>`
    select m.id, m.household_id, m.relation, m.started_at, m.verified_at, m.verified_how, b.id as building_id,
      b.names as building_names, h.unit, h.door
    from household_members m
      join households h on h.community_id = m.community_id and h.id = m.household_id
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
    where m.community_id = ${ctx.community.id} and m.person_id = ${personId} and m.ended_at is null
    order by m.started_at, m.id`.execute(ctx.tx);
  return rows;
}

export type Member = {
  id: string;
  person_id: string;
  name_masked: string;
  relation: HouseholdRelation;
  started_at: Date;
  verified_at: Date | null;
};

/** Who lives behind a door today, by masked names. */
export async function membersOf(ctx: Ctx, householdIds: string[]): Promise<(Member & { household_id: string })[]> {
  if (householdIds.length === 0) return [];
  const rows = await ctx.tx
    .selectFrom('household_members')
    .innerJoin('people', (join) =>
      join
        .onRef('people.community_id', '=', 'household_members.community_id')
        .onRef('people.id', '=', 'household_members.person_id'),
    )
    .select([
      'household_members.id',
      'household_members.household_id',
      'household_members.person_id',
      'people.name_masked',
      'household_members.relation',
      'household_members.started_at',
      'household_members.verified_at',
    ])
    .where('household_members.community_id', '=', ctx.community.id)
    .where('household_members.household_id', 'in', householdIds)
    .where('household_members.ended_at', 'is', null)
    .where('people.erased_at', 'is', null)
    .orderBy('household_members.started_at')
    .orderBy('household_members.id')
    .execute();
  return rows as (Member & { household_id: string })[];
}

export async function householdExists(ctx: Ctx, id: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('households')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertMember(
  ctx: Ctx,
  member: {
    id: string;
    household_id: string;
    person_id: string;
    relation: HouseholdRelation;
    verified_how: string | null;
  },
): Promise<void> {
  await ctx.tx
    .insertInto('household_members')
    .values({
      ...member,
      community_id: ctx.community.id,
      started_at: ctx.now,
      verified_at: member.verified_how ? ctx.now : null,
      verified_by_id: member.verified_how ? ctx.actor.id : null,
    })
    .execute();
}

/** A membership that has not ended, locked. */
export async function lockMember(ctx: Ctx, id: string) {
  return ctx.tx
    .selectFrom('household_members')
    .select(['id', 'household_id', 'person_id', 'verified_at'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

export async function changeMember(
  ctx: Ctx,
  id: string,
  change: { ended_at: Date } | { verified_at: Date; verified_by_id: string; verified_how: string },
): Promise<void> {
  await ctx.tx
    .updateTable('household_members')
    .set(change)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}
