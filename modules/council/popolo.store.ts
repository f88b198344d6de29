import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type NamedTerm = {
  id: string;
  post_id: string;
  code: string;
  person_id: string;
  started_on: string;
  ended_on: string | null;
};

/** Every term of an organisation's posts, running or over. */
export async function namedIn(ctx: Ctx, organisation_id: string): Promise<NamedTerm[]> {
  const { rows } = await sql<NamedTerm>`
    select t.id, t.post_id, p.code, t.person_id, t.started_on::text as started_on,
      case when t.ended_at is null then t.ends_on
        else greatest((t.ended_at at time zone ${ctx.community.time_zone})::date, t.started_on) end::text as ended_on
    from post_terms t join posts p on p.community_id = t.community_id and p.id = t.post_id
    where t.community_id = ${ctx.community.id} and p.organisation_id = ${organisation_id}
    order by p.position, t.seat, t.started_on, t.id`.execute(ctx.tx);
  return rows;
}

/** The names that people show in public, by id; nothing for who shows none. */
export async function peopleNamed(ctx: Ctx, ids: string[]): Promise<{ id: string; public_name: string | null }[]> {
  if (ids.length === 0) return [];
  return ctx.tx
    .selectFrom('people')
    .select(['id', 'public_name'])
    .where('community_id', '=', ctx.community.id)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
}
