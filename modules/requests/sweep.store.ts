import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { DUE_SOON_HOURS, SILENCE_CLOSES_AFTER_DAYS } from './request.ts';

export type Finding = { code: string; kind: string; id: string; number?: number };

/** Open requests whose next level of escalation is reached, most urgent first. */
export async function dueForEscalation(ctx: Ctx, limit: number): Promise<{ id: string; escalation: number }[]> {
  const soon = new Date(ctx.now.getTime() + DUE_SOON_HOURS * 3_600_000);
  return ctx.tx
    .selectFrom('requests')
    .select(['id', 'escalation'])
    .where('community_id', '=', ctx.community.id)
    .where('closed_at', 'is', null)
    .where('paused_at', 'is', null)
    .where((where) =>
      where.or([
        where.and([where('escalation', '<', 1), where('due_at', '<=', soon)]),
        where.and([where('escalation', '<', 2), where('due_at', '<=', ctx.now)]),
      ]),
    )
    .orderBy('due_at')
    .limit(limit)
    .execute();
}

/** Answered requests about which nobody has said a word for the set time. */
export async function silentSince(ctx: Ctx, limit: number): Promise<{ id: string }[]> {
  return ctx.tx
    .selectFrom('requests')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('state', 'in', ['answered', 'done', 'refused'])
    .where('answered_at', '<=', new Date(ctx.now.getTime() - SILENCE_CLOSES_AFTER_DAYS * 86_400_000))
    .orderBy('answered_at')
    .limit(limit)
    .execute();
}

/** Open requests with the instant the running answer began to be owed: submission, or the last reopening. */
export async function openWithOwedSince(ctx: Ctx): Promise<{ id: string; owed_since: Date }[]> {
  const { rows } = await sql<{ id: string; owed_since: Date }>`
    select r.id, coalesce((select max(s.at) from request_steps s where s.community_id = r.community_id
      and s.request_id = r.id and s.step = 'reopen'), r.submitted_at) as owed_since
    from requests r where r.community_id = ${ctx.community.id} and r.closed_at is null order by r.id`.execute(ctx.tx);
  return rows;
}

/**
 * What must never be: an open request without owner or due date, or owned by somebody who no longer works here; a row
 * that says something else than its history; a joined request that leads nowhere; an answer that nobody was told.
 */
export async function findLost(ctx: Ctx): Promise<Finding[]> {
  const { rows } = await sql<Finding>`
    select 'request_without_owner' as code, 'request' as kind, id, number from requests
      where community_id = ${ctx.community.id} and closed_at is null and (owner_id is null or due_at is null)
    union all
    select 'owner_gone', 'request', r.id, r.number from requests r
      where r.community_id = ${ctx.community.id} and r.closed_at is null and r.owner_id is not null
        and not exists (select 1 from role_grants g where g.community_id = r.community_id and g.person_id = r.owner_id and g.ended_at is null)
        and not exists (select 1 from grid_terms t where t.community_id = r.community_id and t.person_id = r.owner_id and t.ended_at is null)
        and not exists (select 1 from post_terms t where t.community_id = r.community_id and t.person_id = r.owner_id and t.ended_at is null)
    union all
    select 'state_differs_from_history', 'request', r.id, r.number from requests r
      cross join lateral (select to_state from request_steps s where s.community_id = r.community_id and s.request_id = r.id
        order by s.id desc limit 1) last
      where r.community_id = ${ctx.community.id} and last.to_state <> r.state
    union all
    select 'request_without_history', 'request', r.id, r.number from requests r
      where r.community_id = ${ctx.community.id}
        and not exists (select 1 from request_steps s where s.community_id = r.community_id and s.request_id = r.id)
    union all
    select 'reopenings_differ', 'request', r.id, r.number from requests r
      where r.community_id = ${ctx.community.id} and r.reopened_count <> (select count(*) from request_steps s
        where s.community_id = r.community_id and s.request_id = r.id and s.step = 'reopen')
    union all
    select 'joined_into_nothing', 'request', r.id, r.number from requests r
      where r.community_id = ${ctx.community.id} and r.state = 'joined' and r.joined_into_id is null
    limit 1000`.execute(ctx.tx);
  return rows;
}
