import type { Ctx } from '#platform/context.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { type ForumAction, forumPolicy, forumRelations } from './forum.policy.ts';
import { lockSession } from './session.store.ts';
import { type Phase, phaseOf, type Session } from './session.ts';

/** The session, locked, in one of these phases, for somebody who may do this with it. */
export async function openToLead(
  ctx: Ctx,
  id: string,
  action: ForumAction,
  phases: readonly Phase[],
): Promise<Session> {
  const session = (await lockSession(ctx, id)) ?? notFound('forum_session', id);
  demand(forumPolicy, action, forumRelations(ctx.actor, session), { kind: 'forum_session', id });
  const phase = phaseOf(session);
  if (!phases.includes(phase)) refuse(phase === 'coming' ? 'session_not_open' : 'session_over');
  return session;
}
