import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type NewMembership = {
  id: string;
  organisation_id: string;
  person_id: string | null;
  member_organisation_id: string | null;
};

export async function insertMembership(ctx: Ctx, membership: NewMembership): Promise<void> {
  await ctx.tx
    .insertInto('memberships')
    .values({ ...membership, community_id: ctx.community.id, started_at: ctx.now, started_by_id: ctx.actor.id })
    .execute();
}

export async function lockMembership(ctx: Ctx, id: string) {
  return ctx.tx
    .selectFrom('memberships')
    .select(['id', 'organisation_id', 'person_id', 'member_organisation_id'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

export async function endMembership(ctx: Ctx, id: string, reason: string | null): Promise<void> {
  await ctx.tx
    .updateTable('memberships')
    .set({ ended_at: ctx.now, ended_by_id: ctx.actor.id, ended_reason: reason })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** All memberships of an organisation and in it end with the organisation. */
export async function endMemberships(ctx: Ctx, organisationId: string): Promise<void> {
  await ctx.tx
    .updateTable('memberships')
    .set({ ended_at: ctx.now, ended_by_id: ctx.actor.id, ended_reason: 'organisation_ended' })
    .where('community_id', '=', ctx.community.id)
    .where((e) => e.or([e('organisation_id', '=', organisationId), e('member_organisation_id', '=', organisationId)]))
    .where('ended_at', 'is', null)
    .execute();
}

export type MemberCounts = { people: number; organisations: number };

export async function memberCounts(ctx: Ctx, organisationId: string): Promise<MemberCounts> {
  const { rows } = await sql<MemberCounts>`
    select count(person_id)::int as people, count(member_organisation_id)::int as organisations from memberships
    where community_id = ${ctx.community.id} and organisation_id = ${organisationId} and ended_at is null`.execute(
    ctx.tx,
  );
  return rows[0]!;
}

export type Belonging = { id: string; organisation_id: string; names: { 'zh-CN': string; en: string }; kind: string };

/** What an organisation, or a person, is a member of. */
export async function belongingsOf(
  ctx: Ctx,
  who: { person_id: string } | { member_organisation_id: string },
): Promise<Belonging[]> {
  const [person, organisation] =
    'person_id' in who ? [who.person_id, null] : ([null, who.member_organisation_id] as const);
  const { rows } = await sql<Belonging>`
    select m.id, o.id as organisation_id, o.names, o.kind from memberships m
    join organisations o on o.community_id = m.community_id and o.id = m.organisation_id
    where m.community_id = ${ctx.community.id} and m.ended_at is null
      and (m.person_id = ${person}::uuid or m.member_organisation_id = ${organisation}::uuid)
    order by o.kind, o.names->>'zh-CN' collate as_read, o.id limit 200`.execute(ctx.tx);
  return rows;
}

export type Member = {
  id: string;
  person_id: string;
  public_name: string | null;
  name_masked: string;
  started_at: Date;
};

/** The people who are members, for those who may see them; `after` is the last membership of the page before. */
export async function membersOf(ctx: Ctx, organisationId: string, limit: number, after?: string): Promise<Member[]> {
  let rows = ctx.tx
    .selectFrom('memberships as m')
    .innerJoin('people as who', (join) =>
      join.onRef('who.community_id', '=', 'm.community_id').onRef('who.id', '=', 'm.person_id'),
    )
    .select(['m.id', 'who.id as person_id', 'who.public_name', 'who.name_masked', 'm.started_at'])
    .where('m.community_id', '=', ctx.community.id)
    .where('m.organisation_id', '=', organisationId)
    .where('m.ended_at', 'is', null)
    .orderBy('m.id')
    .limit(limit);
  if (after) rows = rows.where('m.id', '>', after);
  return rows.execute();
}
