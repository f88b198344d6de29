import { z } from 'zod';
import { isStaff, principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { allows } from '#platform/policy.ts';
import { receipt_code } from '#platform/receipt_code.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { councilPolicy } from '../council.policy.ts';
import { sittingFor } from '../find.ts';
import { findMotion } from '../motion.store.ts';
import type { BallotKind } from '../motion.ts';
import { rollFor } from '../roll.ts';
import { boxSaltOf, enterRoll, findVoteEvent, insertVote, putBallot, type VoteEvent, votersOf } from '../vote.store.ts';
import { hashOfCode, OPTIONS } from '../vote.ts';

/** The open vote, held against closing, for a voter who counts for it: in office, in the room, without an interest. */
async function voteFor(ctx: Ctx, id: string, ballot: BallotKind, voter: string): Promise<VoteEvent> {
  const known = (await findVoteEvent(ctx, id)) ?? notFound('vote_event', id);
  // Said early, before anything is locked: a finger that taps ten times costs two looks. The key decides for certain.
  if ((await votersOf(ctx, known)).includes(voter)) refuse('member_voted_already');
  const { meeting, rules, relations } = await sittingFor(ctx, known.meeting_id, 'vote', ['open'], 'share');
  const event = (await findVoteEvent(ctx, id)) ?? notFound('vote_event', id);
  if (event.closed_at) refuse('vote_closed');
  if (event.ballot !== ballot) refuse(ballot === 'open' ? 'vote_is_secret' : 'vote_is_open');
  const mayForOther = !ctx.actor.on_behalf_of_id && allows(councilPolicy, 'speak_for_member', relations);
  if (voter !== principalOf(ctx.actor) && !mayForOther) notFound('vote_event', id);
  const motion = (await findMotion(ctx, event.motion_id)) ?? notFound('motion', event.motion_id);
  const roll = await rollFor(ctx, meeting, rules, motion);
  if (roll.conflicted.includes(voter)) refuse('interest_declared');
  if (!roll.members.includes(voter)) refuse('members_only');
  if (!roll.entitled.includes(voter)) refuse('not_in_room');
  return event;
}

/** Relatives vote for nobody; staff may help a member who asked them to. */
function voterOf(ctx: Ctx): string {
  if (ctx.actor.on_behalf_of_id && !isStaff(ctx.actor)) refuse('vote_yourself');
  return principalOf(ctx.actor);
}

/** A member votes in the open, once; what a show of hands was, the secretary-general writes down for a member. */
export const cast_vote = command({
  name: 'council.cast_vote',
  input: z.object({ vote_event_id: z.uuid(), option: z.enum(OPTIONS), person_id: z.uuid().optional() }),
  async run(ctx, { vote_event_id, option, person_id }) {
    const voter = person_id ?? voterOf(ctx);
    const { meeting_id } = await voteFor(ctx, vote_event_id, 'open', voter);
    if (!(await insertVote(ctx, { vote_event_id, person_id: voter, option }))) refuse('member_voted_already');
    record(ctx, 'vote.cast', { kind: 'meeting', id: meeting_id }, { vote_event_id, person_id: voter, option });
    return { vote_event_id, meeting_id };
  },
});

/**
 * A member votes in secret: one line on the roll, one ballot in the box, in one transaction. Neither the answer nor the
 * event names the ballot, and the code comes in so that the receipt's hash cannot be computed from what is published.
 */
export const cast_secret_vote = command({
  name: 'council.cast_secret_vote',
  input: z.object({
    vote_event_id: z.uuid(),
    option: z.enum(OPTIONS),
    receipt_code,
  }),
  async run(ctx, { vote_event_id, option, receipt_code }) {
    const voter = voterOf(ctx);
    const { meeting_id } = await voteFor(ctx, vote_event_id, 'secret', voter);
    const channel = voter === ctx.actor.id ? 'online' : 'assisted';
    if (!(await enterRoll(ctx, vote_event_id, voter, channel))) refuse('member_voted_already');
    const box = { id: vote_event_id, box_salt: await boxSaltOf(ctx, vote_event_id) };
    await putBallot(ctx, box, { code_hash: hashOfCode(vote_event_id, receipt_code), option });
    record(ctx, 'vote.cast', { kind: 'meeting', id: meeting_id }, { vote_event_id, channel });
    return { vote_event_id, meeting_id };
  },
});
