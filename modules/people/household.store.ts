import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { HouseholdRelation } from './household.ts';
import { VERIFIED_FOR_DAYS, verifiedFrom } from './household.ts';

export type Door = {
  id: string;
  household_id: string;
  relation: HouseholdRelation;
  started_at: Date;
  verified_at: Date | null;
  verified_how: string | null;
  verified_until: Date | null;
  /** Why staff took the verification back; none when it stands or never was. */
  revoked_reason: string | null;
  building_id: string;
  building_names: Record<string, string>;
  unit: number;
  door: string;
};

/**
 * Until when a verified residence of the table `m` stands; one from before dates were kept stands as long as one that is
 * seen today.
 */
const verifiedUntil = sql<Date>`coalesce(m.verified_until, m.verified_at + make_interval(days => ${sql.lit(VERIFIED_FOR_DAYS)}))`;
const verifiedAt = (ctx: Ctx): RawBuilder<Date | null> =>
  sql`case when ${verifiedUntil} > ${ctx.now} then m.verified_at end`;

/** The doors somebody lives behind today; verified while that stands. */
export async function householdsOf(ctx: Ctx, personId: string): Promise<Door[]> {
  const { rows } = await sql<Door>`
    select m.id, m.household_id, m.relation, m.started_at, ${verifiedAt(ctx)} as verified_at, m.verified_how,
      case when m.verified_at is not null then ${verifiedUntil} end as verified_until, m.revoked_reason, b.id as building_id,
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
  const { rows } = await sql<Member & { household_id: string }>`
    select m.id, m.household_id, m.person_id, p.name_masked, m.relation, m.started_at, ${verifiedAt(ctx)} as verified_at
    from household_members m join people p on p.community_id = m.community_id and p.id = m.person_id
    where m.community_id = ${ctx.community.id} and m.household_id = any (${householdIds}::uuid[]) and m.ended_at is null
      and p.erased_at is null
    order by m.started_at, m.id`.execute(ctx.tx);
  return rows;
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
      verified_until: member.verified_how ? verifiedFrom(ctx.now) : null,
    })
    .execute();
}

/** A membership that has not ended, locked. */
export async function lockMember(ctx: Ctx, id: string) {
  return ctx.tx
    .selectFrom('household_members')
    .select(['id', 'household_id', 'person_id', 'verified_at', 'relation'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

export async function changeMember(
  ctx: Ctx,
  id: string,
  change: {
    ended_at?: Date;
    verified_at?: Date | null;
    verified_by_id?: string;
    verified_how?: string;
    verified_until?: Date;
    revoked_at?: Date | null;
    revoked_by_id?: string | null;
    revoked_reason?: string | null;
  },
): Promise<void> {
  await ctx.tx
    .updateTable('household_members')
    .set(change)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}
