import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { State } from './request.ts';

export type StepRow = {
  id: string;
  step: string;
  from_state: State | null;
  to_state: State;
  at: Date;
  actor_id: string;
  on_behalf_of_id: string | null;
  owner_id: string | null;
  due_at: Date | null;
  public_note: string | null;
  private_note: string | null;
  data: Record<string, unknown>;
  actor_name: string | null;
  owner_name: string | null;
};

/** The history of a request, oldest first, with the names that those who took the steps show in public. */
export async function stepsOf(ctx: Ctx, requestId: string): Promise<StepRow[]> {
  const { rows } = await sql<StepRow>`
    select s.id, s.step, s.from_state, s.to_state, s.at, s.actor_id, s.on_behalf_of_id, s.owner_id, s.due_at,
      s.public_note, s.private_note, s.data, a.public_name as actor_name, o.public_name as owner_name
    from request_steps s
      left join people a on a.community_id = s.community_id and a.id = s.actor_id
      left join people o on o.community_id = s.community_id and o.id = s.owner_id
    where s.community_id = ${ctx.community.id} and s.request_id = ${requestId}
    order by s.id`.execute(ctx.tx);
  return rows;
}

export type Surroundings = {
  category: { id: string; code: string; names: Record<string, string>; form: unknown };
  grid: { id: string; names: Record<string, string> } | null;
  building: { id: string; names: Record<string, string> } | null;
  owner_name: string | null;
  organisation: { id: string; names: Record<string, string> } | null;
  joined_into: number | null;
  split_from: number | null;
  joined: { id: string; number: number }[];
  parts: { id: string; number: number; state: State }[];
  follower_count: number;
};

/** What stands around a request: names of its category, place and owner, and the requests it is tied to. */
export async function surroundingsOf(ctx: Ctx, requestId: string): Promise<Surroundings> {
  const { rows } = await sql<Surroundings>`
    select json_build_object('id', c.id, 'code', c.code, 'names', c.names, 'form', c.form) as category,
      case when g.id is null then null else json_build_object('id', g.id, 'names', g.names) end as grid,
      case when b.id is null then null else json_build_object('id', b.id, 'names', b.names) end as building,
      p.public_name as owner_name,
      case when o.id is null then null else json_build_object('id', o.id, 'names', o.names) end as organisation,
      (select j.number from requests j where j.community_id = r.community_id and j.id = r.joined_into_id) as joined_into,
      (select j.number from requests j where j.community_id = r.community_id and j.id = r.split_from_id) as split_from,
      coalesce((select json_agg(json_build_object('id', j.id, 'number', j.number) order by j.number) from requests j
        where j.community_id = r.community_id and j.joined_into_id = r.id), '[]') as joined,
      coalesce((select json_agg(json_build_object('id', l.to_id, 'number', j.number, 'state', j.state) order by j.number)
        from links l join requests j on j.community_id = l.community_id and j.id = l.to_id
        where l.community_id = r.community_id and l.from_kind = 'request' and l.from_id = r.id and l.relation = 'split_into'), '[]') as parts,
      (select count(*) from request_followers f where f.community_id = r.community_id and f.request_id = r.id and f.ended_at is null) as follower_count
    from requests r
      join categories c on c.community_id = r.community_id and c.id = r.category_id
      left join grids g on g.community_id = r.community_id and g.id = r.grid_id
      left join buildings b on b.community_id = r.community_id and b.id = r.building_id
      left join people p on p.community_id = r.community_id and p.id = r.owner_id
      left join organisations o on o.community_id = r.community_id and o.id = r.owner_organisation_id
    where r.community_id = ${ctx.community.id} and r.id = ${requestId}`.execute(ctx.tx);
  return rows[0]!;
}

/** Leaves a trace that a member of staff read a private need: shown to its reporter in “my file”. */
export async function traceRead(ctx: Ctx, personId: string, reason: string): Promise<void> {
  await ctx.tx
    .insertInto('file_reads')
    .values({
      community_id: ctx.community.id,
      id: ctx.newId(),
      person_id: personId,
      reader_id: ctx.actor.id,
      at: ctx.now,
      fields: ['request'],
      reason,
      via: ctx.via,
    })
    .execute();
}
