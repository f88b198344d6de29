import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { changeMember, lockMember } from '../household.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { lockDispute, settleDisputeRow, waitingAt } from '../residence.store.ts';
import { dispute, isAtHome, revokeMember, verifyMember } from '../residence.ts';

/**
 * Somebody whose residence stands says of another who claimed the same door: yes, they live here; or no, and the desk
 * decides. A neighbour who was verified by a letter can be contested the same way.
 */
export const answer_claim = command({
  name: 'people.answer_claim',
  input: z.object({ member_id: z.uuid(), lives_here: z.boolean() }),
  async run(ctx, { member_id, lives_here }) {
    const member = await lockMember(ctx, member_id);
    if (!member || member.person_id === ctx.actor.id || !(await isAtHome(ctx, member.household_id)))
      notFound('household_member', member_id);
    const waiting = (await waitingAt(ctx, [member.household_id])).some((one) => one.id === member_id);
    if (lives_here && !waiting) notFound('household_member', member_id);
    if (lives_here) await verifyMember(ctx, member, 'people.verified.by_household');
    else await dispute(ctx, member, 'place', ctx.actor.id);
    return { id: member_id };
  },
});

/** The desk settles a dispute with a reason: the claimant lives there, or does not. Never their own. */
export const settle_dispute = command({
  name: 'people.settle_dispute',
  input: z.object({
    id: z.uuid(),
    decision: z.enum(['lives_there', 'does_not']),
    reason: z.string().trim().min(2).max(300),
  }),
  async run(ctx, { id, decision, reason }) {
    demand(personPolicy, 'settle_dispute', personRelations(ctx.actor, ''), { kind: 'residence_dispute', id });
    const found = (await lockDispute(ctx, id)) ?? notFound('residence_dispute', id);
    if (found.settled_at) refuse('dispute_settled');
    if ([found.claimant_id, found.other_id].includes(ctx.actor.id)) refuse('own_residence');
    await settleDisputeRow(ctx, id, decision, reason);
    const member = await lockMember(ctx, found.member_id);
    if (member && decision === 'lives_there') await verifyMember(ctx, member, 'people.verified.by_desk');
    if (member && decision === 'does_not') {
      if (member.verified_at) await revokeMember(ctx, member, reason);
      await changeMember(ctx, member.id, { ended_at: ctx.now });
    }
    record(ctx, 'residence_dispute.settled', { kind: 'residence_dispute', id }, { decision });
    return { id };
  },
});
