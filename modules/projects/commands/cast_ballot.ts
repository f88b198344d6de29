import { z } from 'zod';
import { isVerifiedResident } from '#modules/people/index.ts';
import { isStaff, principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { receipt_code } from '#platform/receipt_code.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { type Channel, enterRoll, isOnRoll, putBallot, replaceBallot } from '../ballot.store.ts';
import { checkChoices, hashOfCode } from '../ballot.ts';
import { projectPolicy } from '../project.policy.ts';
import { type LockedRound, lockRound, onBallot } from '../venture_round.store.ts';
import { phaseOf } from '../venture_round.ts';

/**
 * The code itself comes in, never its hash: the receipt's input_hash covers it, so that nobody who knows the published file
 * can compute which receipt, and so which person, a ballot came with.
 */
const ballot = z.object({
  round_id: z.uuid(),
  receipt_code,
  proposals: z.array(z.number().int().positive()).max(200),
});

/** The round while it is voted on, held against closing; refuses before and after. */
async function openRound(ctx: Ctx, id: string): Promise<LockedRound> {
  demand(projectPolicy, 'vote', generalRelations(ctx.actor), { kind: 'venture_round', id });
  const round = (await lockRound(ctx, id, 'share')) ?? notFound('venture_round', id);
  if (phaseOf(round, ctx.now) !== 'voting') refuse('not_voting');
  return round;
}

/** Staff may help somebody who asked them to; relatives may not vote for anybody. */
async function demandVoter(
  ctx: Ctx,
  round_id: string,
  wants: 'cast' | 'change',
): Promise<{ voter: string; channel: Channel }> {
  const voter = principalOf(ctx.actor);
  const isHelped = voter !== ctx.actor.id;
  if (isHelped && !isStaff(ctx.actor)) refuse('vote_yourself');
  // Said early, before anything is locked: a finger that taps ten times costs one look. The roll's key decides for certain.
  const has_voted = await isOnRoll(ctx, round_id, voter);
  if (wants === 'cast' && has_voted) refuse('voted_already');
  if (wants === 'change' && !has_voted) refuse('not_voted');
  if (!(await isVerifiedResident(ctx, voter, ctx.now))) refuse('residence_unverified');
  return { voter, channel: isHelped ? 'assisted' : 'online' };
}

/**
 * Casts a vote: one line on the roll, one ballot in the box, in one transaction. Neither the answer nor the event names
 * the ballot.
 */
export const cast_ballot = command({
  name: 'projects.cast_ballot',
  input: ballot,
  async run(ctx, { round_id, receipt_code, proposals }) {
    const { voter, channel } = await demandVoter(ctx, round_id, 'cast');
    const round = await openRound(ctx, round_id);
    const chosen = checkChoices(round.rules, await onBallot(ctx, round_id, proposals), proposals);
    if (!(await enterRoll(ctx, round_id, voter, channel))) refuse('voted_already');
    await putBallot(ctx, round, { code_hash: hashOfCode(round_id, receipt_code), proposals: chosen });
    record(ctx, 'ballot.cast', { kind: 'venture_round', id: round_id }, { channel });
    return { round_id };
  },
});

/** Changes a ballot until closing: only its receipt code finds it, for nothing else does. */
export const change_ballot = command({
  name: 'projects.change_ballot',
  input: ballot,
  async run(ctx, { round_id, receipt_code, proposals }) {
    await demandVoter(ctx, round_id, 'change');
    const round = await openRound(ctx, round_id);
    const chosen = checkChoices(round.rules, await onBallot(ctx, round_id, proposals), proposals);
    const kept = { code_hash: hashOfCode(round_id, receipt_code), proposals: chosen };
    if (!(await replaceBallot(ctx, round, kept))) refuse('receipt_code_unknown', {}, { field: 'receipt_code' });
    record(ctx, 'ballot.changed', { kind: 'venture_round', id: round_id });
    return { round_id };
  },
});
