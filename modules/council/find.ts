import { organisationById, ownPosts } from '#modules/groups/index.ts';
import type { Ctx } from '#platform/context.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { type CouncilAction, councilPolicy, councilRelations } from './council.policy.ts';
import { rulesOf } from './council_rules.store.ts';
import type { CouncilRules } from './council_rules.ts';
import { lockMeeting } from './meeting.store.ts';
import { type Meeting, type Phase, phaseOf } from './meeting.ts';
import { findMotion } from './motion.store.ts';
import type { Motion } from './motion.ts';

export type Sitting = { meeting: Meeting; rules: CouncilRules; relations: Set<string> };

/** The rules a council works by and how the actor stands to it. */
export async function standingIn(ctx: Ctx, organisation_id: string) {
  const { rules, version, changed_at } = await rulesOf(ctx, organisation_id);
  const relations = councilRelations(ctx.actor, await ownPosts(ctx), organisation_id, rules);
  return { rules, version, changed_at, relations };
}

/** The council, for whoever may do this in it. */
export async function demandInCouncil(ctx: Ctx, organisation_id: string, action: CouncilAction) {
  const organisation = await organisationById(ctx, organisation_id);
  if (organisation?.kind !== 'council' || organisation.ended_at) notFound('organisation', organisation_id);
  const standing = await standingIn(ctx, organisation_id);
  demand(councilPolicy, action, standing.relations, { kind: 'organisation', id: organisation_id });
  return standing;
}

const WRONG_PHASE: Record<Phase, string> = {
  planned: 'meeting_not_called',
  called: 'meeting_not_open',
  open: 'meeting_open',
  closed: 'meeting_over',
  cancelled: 'meeting_over',
};

/** The meeting, locked, in one of these phases, for whoever may do this in it. Those who vote share the lock. */
export async function sittingFor(
  ctx: Ctx,
  id: string,
  action: CouncilAction,
  phases: readonly Phase[],
  lock: 'update' | 'share' = 'update',
): Promise<Sitting> {
  const meeting = (await lockMeeting(ctx, id, lock)) ?? notFound('meeting', id);
  const standing = await standingIn(ctx, meeting.organisation_id);
  demand(councilPolicy, action, standing.relations, { kind: 'meeting', id });
  const phase = phaseOf(meeting);
  if (!phases.includes(phase)) refuse(WRONG_PHASE[phase], {}, { kind: 'meeting', id });
  return { meeting, rules: meeting.rules ?? standing.rules, relations: standing.relations };
}

/** The motion and its meeting, the meeting locked first, for whoever may do this with it. */
export async function motionFor(
  ctx: Ctx,
  id: string,
  action: CouncilAction,
  phases: readonly Phase[],
): Promise<Sitting & { motion: Motion }> {
  const known = (await findMotion(ctx, id)) ?? notFound('motion', id);
  const sitting = await sittingFor(ctx, known.meeting_id, action, phases);
  return { ...sitting, motion: (await findMotion(ctx, id)) ?? notFound('motion', id) };
}
