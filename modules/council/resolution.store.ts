import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Names } from './meeting.ts';

export type Resolution = {
  id: string;
  number: number;
  organisation_id: string;
  meeting_id: string;
  motion_id: string;
  titles: Names;
  texts: Names;
  owner_organisation_id: string | null;
  owner_post_id: string | null;
  due_on: string;
  request_id: string;
  resolved_at: Date;
};

/** With who owes it and what the request that carries it says: where it stands and by when it is due now. */
export type FollowedResolution = Resolution & {
  owner_names: Names;
  owner_organisation_names: Names | null;
  owner_name: string | null;
  request_number: number;
  request_state: string;
  due_at: Date | null;
  original_due_at: Date;
  answered_at: Date | null;
  paused_at: Date | null;
  reopened_count: number;
  is_open: boolean;
  is_overdue: boolean;
  last_word: string | null;
};

/** The next number of a council: its row is locked, so that numbers have no gaps and no twins. */
export async function nextNumber(ctx: Ctx, organisation_id: string): Promise<number> {
  await sql`select 1 from organisations where community_id = ${ctx.community.id} and id = ${organisation_id} for update`.execute(
    ctx.tx,
  );
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(number), 0)::int + 1 as next from resolutions
    where community_id = ${ctx.community.id} and organisation_id = ${organisation_id}`.execute(ctx.tx);
  return rows[0]!.next;
}

export async function insertResolution(
  ctx: Ctx,
  { titles, texts, ...resolution }: Omit<Resolution, 'resolved_at'>,
): Promise<void> {
  await ctx.tx
    .insertInto('resolutions')
    .values({
      ...{ ...resolution, titles: JSON.stringify(titles), texts: JSON.stringify(texts) },
      ...{ community_id: ctx.community.id, resolved_at: ctx.now, resolved_by_id: ctx.actor.id },
    })
    .execute();
}

type By = {
  id?: string;
  motion_id?: string;
  meeting_id?: string;
  request_id?: string;
  proposal_id?: string;
  state?: 'open' | 'overdue' | 'ended';
  offset?: number;
  limit: number;
};

/** Resolutions, the latest first, as they stand. */
export async function resolutionsBy(ctx: Ctx, by: By): Promise<FollowedResolution[]> {
  const { rows } = await sql<FollowedResolution>`
    select * from (
      select r.id, r.number, r.organisation_id, r.meeting_id, r.motion_id, r.titles, r.texts, r.owner_organisation_id,
        r.owner_post_id, r.due_on::text as due_on, r.request_id, r.resolved_at,
        coalesce(o.names, p.names) as owner_names, po.names as owner_organisation_names, who.public_name as owner_name,
        q.number::int as request_number, q.state as request_state, q.due_at, q.original_due_at, q.answered_at, q.paused_at,
        q.reopened_count, (q.closed_at is null) as is_open,
        (q.closed_at is null and q.paused_at is null and q.due_at <= ${ctx.now}) as is_overdue,
        (select s.public_note from request_steps s where s.community_id = q.community_id and s.request_id = q.id
          and s.public_note is not null order by s.id desc limit 1) as last_word
      from resolutions r
        join requests q on q.community_id = r.community_id and q.id = r.request_id
        left join organisations o on o.community_id = r.community_id and o.id = r.owner_organisation_id
        left join posts p on p.community_id = r.community_id and p.id = r.owner_post_id
        left join organisations po on po.community_id = p.community_id and po.id = p.organisation_id
        left join people who on who.community_id = q.community_id and who.id = q.owner_id
      where r.community_id = ${ctx.community.id}
        and (${by.id ?? null}::uuid is null or r.id = ${by.id ?? null}::uuid)
        and (${by.motion_id ?? null}::uuid is null or r.motion_id = ${by.motion_id ?? null}::uuid)
        and (${by.meeting_id ?? null}::uuid is null or r.meeting_id = ${by.meeting_id ?? null}::uuid)
        and (${by.request_id ?? null}::uuid is null or r.request_id = ${by.request_id ?? null}::uuid)
        and (${by.proposal_id ?? null}::uuid is null or exists (select 1 from links l where l.community_id = r.community_id
          and l.from_kind = 'resolution' and l.from_id = r.id and l.to_kind = 'proposal' and l.to_id = ${by.proposal_id ?? null}::uuid))) one
    where ${by.state ?? null}::text is null or (${by.state ?? null} = 'open' and is_open) or (${by.state ?? null} = 'overdue' and is_overdue)
      or (${by.state ?? null} = 'ended' and not is_open)
    order by number desc offset ${by.offset ?? 0} limit ${by.limit}`.execute(ctx.tx);
  return rows;
}

export type ResolutionLink = { relation: string; kind: string; id: string; is_from: boolean };

/** What a resolution and its motion came from and what came of them, beyond each other. */
export async function resolutionLinks(
  ctx: Ctx,
  { resolution_id, motion_id }: { resolution_id: string; motion_id: string },
): Promise<ResolutionLink[]> {
  const { rows } = await sql<ResolutionLink>`
    select relation, from_kind as kind, from_id as id, true as is_from, at from links
      where community_id = ${ctx.community.id} and to_kind in ('motion', 'resolution') and to_id in (${motion_id}, ${resolution_id})
        and from_kind not in ('motion', 'resolution')
    union all
    select relation, to_kind, to_id, false, at from links
      where community_id = ${ctx.community.id} and from_kind in ('motion', 'resolution') and from_id in (${motion_id}, ${resolution_id})
        and to_kind not in ('motion', 'resolution')
    order by at limit 50`.execute(ctx.tx);
  return rows;
}

/** Open requests that a post owes and whose owner holds it no more, where this person does. */
export async function owedByPost(ctx: Ctx, post_id: string, person_id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select q.id from resolutions r join requests q on q.community_id = r.community_id and q.id = r.request_id
    where r.community_id = ${ctx.community.id} and r.owner_post_id = ${post_id} and q.closed_at is null
      and not exists (select 1 from post_terms t where t.community_id = r.community_id and t.post_id = r.owner_post_id
        and t.person_id = q.owner_id and t.ended_at is null)
      and exists (select 1 from post_terms t where t.community_id = r.community_id and t.post_id = r.owner_post_id
        and t.person_id = ${person_id} and t.ended_at is null)
    order by r.number`.execute(ctx.tx);
  return rows.map((row) => row.id);
}
