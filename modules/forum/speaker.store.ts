import { sql } from 'kysely';
import { isVerifiedResident, publicNames } from '#modules/people/index.ts';
import { isStaff } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { demand } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from './forum.policy.ts';
import { firstState, limitReached, type Past } from './speech.ts';

/** What somebody has said so far; their writes wait for each other, so that a limit is not passed at once twice. */
export async function recordOf(ctx: Ctx, person_id: string): Promise<Past> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`forum/${ctx.community.id}/${person_id}`}, 0))`.execute(
    ctx.tx,
  );
  const { rows } = await sql<Past>`
    select count(*) filter (where s.state in ('shown', 'hidden', 'open', 'concluded'))::int as shown,
      min(s.at) filter (where s.state in ('shown', 'hidden', 'open', 'concluded')) as first_at,
      count(*) filter (where s.kind = 'speech' and s.at > ${ctx.now}::timestamptz - interval '24 hours')::int as spoken_today,
      count(*) filter (where s.kind = 'topic' and s.at > ${ctx.now}::timestamptz - interval '7 days')::int as topics_this_week
    from (
      select 'speech' as kind, state, said_at as at from speeches where community_id = ${ctx.community.id} and speaker_id = ${person_id}
      union all
      select 'topic', state, raised_at from topics where community_id = ${ctx.community.id} and raised_by_id = ${person_id}
      union all
      select 'speech', state, written_at from statements where community_id = ${ctx.community.id} and written_by_id = ${person_id}
    ) s`.execute(ctx.tx);
  return rows[0]!;
}

/** Refuses unless the actor is a resident who speaks for themselves under a name they show. */
export async function demandSpeaker(ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) refuse('sign_in_first');
  demand(forumPolicy, 'speak', forumRelations(ctx.actor), { kind: 'forum', id: ctx.community.id });
  if (!(await publicNames(ctx, [ctx.actor.id])).has(ctx.actor.id)) refuse('show_your_name_first');
}

/** As above, and within the limits; says whether what they say is shown at once and whether they are a verified resident. */
export async function admitSpeaker(ctx: Ctx, what: 'speeches' | 'topics') {
  await demandSpeaker(ctx);
  const past = await recordOf(ctx, ctx.actor.id);
  const staff = isStaff(ctx.actor);
  const limit = staff ? null : limitReached(past, what, ctx.now);
  if (limit !== null) refuse(what === 'speeches' ? 'spoken_enough_today' : 'topics_enough_this_week', { count: limit });
  return { state: firstState(past, staff), is_verified: await isVerifiedResident(ctx, ctx.actor.id, ctx.now) };
}
