import { postsOf } from '#modules/groups/index.ts';
import type { Ctx } from '#platform/context.ts';
import { allows } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { councilPolicy } from './council.policy.ts';
import type { CouncilRules } from './council_rules.ts';
import type { Sitting } from './find.ts';
import { attendancesOf } from './meeting.store.ts';
import type { Meeting } from './meeting.ts';
import { type Interest, interestsIn } from './motion.store.ts';
import type { Motion } from './motion.ts';
import { type Roll, rollOf } from './vote.ts';

/** Who holds a seat that votes, as their terms say: nobody is written down twice. */
export async function votersIn(ctx: Ctx, organisation_id: string, { posts }: CouncilRules): Promise<string[]> {
  const held = (await postsOf(ctx, organisation_id)).filter((post) => posts.voting.includes(post.code));
  return [...new Set(held.flatMap((post) => post.terms.map((term) => term.person_id)))];
}

/** Whether a declared interest reaches a motion: one in its item reaches all of it, one in a motion its amendments too. */
export function concerns(interest: Pick<Interest, 'agenda_item_id' | 'motion_id'>, motion: Motion): boolean {
  if (interest.motion_id === null) return interest.agenda_item_id === motion.agenda_item_id;
  return interest.motion_id === motion.id || interest.motion_id === motion.amends_id;
}

/** Who counts for a motion at this moment. */
export async function rollFor(ctx: Ctx, meeting: Meeting, rules: CouncilRules, motion: Motion): Promise<Roll> {
  const inRoom = (await attendancesOf(ctx, meeting.id)).filter((one) => one.left_at === null);
  const interested = (await interestsIn(ctx, meeting.id)).filter((one) => concerns(one, motion));
  return rollOf(
    await votersIn(ctx, meeting.organisation_id, rules),
    inRoom.map((one) => one.person_id),
    interested.map((one) => one.person_id),
  );
}

/**
 * The member it is about: the actor themself, or the one whom the secretary-general writes it down for. Nobody is told
 * here who is no member.
 */
export async function memberFor(ctx: Ctx, { meeting, rules, relations }: Sitting, person_id?: string): Promise<string> {
  const isOther = person_id !== undefined && person_id !== ctx.actor.id;
  if (isOther && !allows(councilPolicy, 'speak_for_member', relations)) notFound('meeting', meeting.id);
  const member = person_id ?? ctx.actor.id;
  const members = await votersIn(ctx, meeting.organisation_id, rules);
  if (ctx.actor.on_behalf_of_id || !members.includes(member)) refuse('members_only', {}, { field: 'person_id' });
  return member;
}
