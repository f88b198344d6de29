import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { ADULT_YEARS, type DisputeKind, VERIFIED_FOR_DAYS } from './household.ts';

export type Residence = { id: string; household_id: string; person_id: string; verified_at: Date | null };

/** The memberships of somebody that have not ended, locked in one order, so that claims at once follow each other. */
export async function lockResidences(ctx: Ctx, personId: string): Promise<(Residence & { stands: boolean })[]> {
  await ctx.tx
    .selectFrom('people')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', personId)
    .forUpdate()
    .execute();
  const { rows } = await sql<Residence & { stands: boolean }>`
    select m.id, m.household_id, m.person_id, m.verified_at, m.verified_at is not null and
      coalesce(m.verified_until, m.verified_at + make_interval(days => ${sql.lit(VERIFIED_FOR_DAYS)})) > ${ctx.now} as stands
    from household_members m where m.community_id = ${ctx.community.id} and m.person_id = ${personId} and m.ended_at is null
    order by m.id for update`.execute(ctx.tx);
  return rows;
}

/** The member of a household who bears that name and is somebody else. */
export async function namesakeAt(ctx: Ctx, household_id: string, print: Buffer, notId: string) {
  const { rows } = await sql<{ member_id: string; person_id: string; has_login: boolean }>`
    select m.id as member_id, m.person_id, p.login_id is not null as has_login
    from household_members m join people p on p.community_id = m.community_id and p.id = m.person_id
    where m.community_id = ${ctx.community.id} and m.household_id = ${household_id} and m.ended_at is null
      and p.erased_at is null and p.name_fingerprint = ${print} and p.id <> ${notId}
    order by p.login_id is null, m.id limit 1 for update of m`.execute(ctx.tx);
  return rows[0];
}

/** What was written down of a resident by staff goes to the person who turned out to be them. */
export async function takeOverRecords(ctx: Ctx, from_id: string, to_id: string): Promise<void> {
  const community_id = ctx.community.id;
  await sql`update consents c set person_id = ${to_id} where c.community_id = ${community_id} and c.person_id = ${from_id}
    and not exists (select 1 from consents o where o.community_id = c.community_id and o.person_id = ${to_id}
      and o.purpose = c.purpose and o.withdrawn_at is null)`.execute(ctx.tx);
  await sql`update care_circumstances c set person_id = ${to_id} where c.community_id = ${community_id} and c.person_id = ${from_id}
    and not exists (select 1 from care_circumstances o where o.community_id = c.community_id and o.person_id = ${to_id}
      and o.kind = c.kind and o.purpose = c.purpose and o.ended_at is null)`.execute(ctx.tx);
}

/** People with a login whose residence at the door stands: they are told of others who claim it, and may contest. */
export async function confirmersAt(ctx: Ctx, household_id: string, notId: string): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select m.person_id from household_members m join people p on p.community_id = m.community_id and p.id = m.person_id
    where m.community_id = ${ctx.community.id} and m.household_id = ${household_id} and m.ended_at is null
      and m.person_id <> ${notId} and p.login_id is not null and p.erased_at is null and m.verified_at is not null
      and coalesce(m.verified_until, m.verified_at + make_interval(days => ${sql.lit(VERIFIED_FOR_DAYS)})) > ${ctx.now}
    order by m.started_at, m.id limit 20`.execute(ctx.tx);
  return rows.map((row) => row.person_id);
}

/** Members of a household that nobody has seen yet and about whom no dispute is open, by masked names. */
export async function waitingAt(ctx: Ctx, householdIds: string[]) {
  const { rows } = await sql<{
    id: string;
    household_id: string;
    person_id: string;
    name_masked: string;
    started_at: Date;
  }>`
    select m.id, m.household_id, m.person_id, p.name_masked, m.started_at
    from household_members m join people p on p.community_id = m.community_id and p.id = m.person_id
    where m.community_id = ${ctx.community.id} and m.household_id = any (${householdIds}::uuid[]) and m.ended_at is null
      and m.verified_at is null and m.revoked_at is null and p.login_id is not null and p.erased_at is null
      and not exists (select 1 from residence_disputes d where d.community_id = m.community_id and d.member_id = m.id and d.settled_at is null)
    order by m.started_at, m.id limit 20`.execute(ctx.tx);
  return rows;
}

export async function insertDispute(
  ctx: Ctx,
  dispute: {
    id: string;
    kind: DisputeKind;
    household_id: string;
    member_id: string;
    claimant_id: string;
    other_id: string;
  },
): Promise<void> {
  await ctx.tx
    .insertInto('residence_disputes')
    .values({ ...dispute, community_id: ctx.community.id, opened_at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Disputes that wait for the desk, the longest waiting first; `after` is the last id of the page before. */
export async function openDisputes(ctx: Ctx, limit: number, after?: string) {
  const { rows } = await sql<{
    id: string;
    kind: DisputeKind;
    opened_at: Date;
    claimant_id: string;
    other_id: string;
    claimant_name: string;
    other_name: string;
    building_names: Record<string, string>;
    unit: number;
    door: string;
  }>`select d.id, d.kind, d.opened_at, d.claimant_id, d.other_id, c.name_masked as claimant_name, o.name_masked as other_name,
      b.names as building_names, h.unit, h.door
    from residence_disputes d
      join people c on c.community_id = d.community_id and c.id = d.claimant_id
      join people o on o.community_id = d.community_id and o.id = d.other_id
      join households h on h.community_id = d.community_id and h.id = d.household_id
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
    where d.community_id = ${ctx.community.id} and d.settled_at is null
      and (${after ?? null}::uuid is null or (d.opened_at, d.id) > (select a.opened_at, a.id from residence_disputes a
        where a.community_id = ${ctx.community.id} and a.id = ${after ?? null}::uuid))
    order by d.opened_at, d.id limit ${limit}`.execute(ctx.tx);
  return rows;
}

export async function countOpenDisputes(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from residence_disputes where community_id = ${ctx.community.id} and settled_at is null`.execute(
    ctx.tx,
  );
  return rows[0]!.count;
}

export async function lockDispute(ctx: Ctx, id: string) {
  return ctx.tx
    .selectFrom('residence_disputes')
    .select(['id', 'member_id', 'claimant_id', 'other_id', 'settled_at'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function settleDisputeRow(
  ctx: Ctx,
  id: string,
  decision: 'lives_there' | 'does_not',
  decision_reason: string,
): Promise<void> {
  await ctx.tx
    .updateTable('residence_disputes')
    .set({ settled_at: ctx.now, settled_by_id: ctx.actor.id, decision, decision_reason })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/**
 * Adults whose verified residence stands at an instant, each once (an index holds one verified residence a person): who
 * may vote. By the year of birth; without one somebody is not counted until it is written down.
 */
export async function verifiedOn(ctx: Ctx, at: Date, personId?: string): Promise<string[]> {
  const born_by = at.getUTCFullYear() - ADULT_YEARS;
  const { rows } = await sql<{ person_id: string }>`
    select m.person_id from household_members m join people p on p.community_id = m.community_id and p.id = m.person_id
    where m.community_id = ${ctx.community.id} and m.verified_at <= ${at}
      and coalesce(m.verified_until, m.verified_at + make_interval(days => ${sql.lit(VERIFIED_FOR_DAYS)})) > ${at}
      and (m.ended_at is null or m.ended_at > ${at}) and p.erased_at is null and p.born_in_year <= ${born_by}
      ${personId ? sql`and m.person_id = ${personId}` : sql``}
    group by m.person_id order by m.person_id`.execute(ctx.tx);
  return rows.map((row) => row.person_id);
}
