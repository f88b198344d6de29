import { z } from 'zod';
import { newBoxSalt, sealOfBoxSalt } from '#platform/ballot_box.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { notify } from '#platform/notify.ts';
import { hashOfBallots } from '#platform/receipt_code.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { changedInBox } from '../box_check.store.ts';
import { motionFor } from '../find.ts';
import { findMotion, insertText, motionsIn, stepMotion, textsOf } from '../motion.store.ts';
import { isUndecided, type Motion } from '../motion.ts';
import { rollFor } from '../roll.ts';
import {
  closeVoteEvent,
  findVoteEvent,
  insertVoteEvent,
  paperVotersOf,
  shuffleBallots,
  tallyOf,
  type VoteEvent,
  votersOf,
  votesIn,
} from '../vote.store.ts';
import { decide, reaches } from '../vote.ts';
import { readingsOf } from '../vote_paper.store.ts';

/** Puts a motion to the vote, in the open or in secret as it was moved: amendments before their motion, one at a time. */
export const open_vote = command({
  name: 'council.open_vote',
  input: z.object({ motion_id: z.uuid() }),
  async run(ctx, { motion_id }) {
    const { meeting, rules, motion } = await motionFor(ctx, motion_id, 'hold_vote', ['open']);
    const motions = await motionsIn(ctx, meeting.id);
    if (motions.some((one) => one.state === 'voting')) refuse('vote_open');
    if (motions.some((one) => one.amends_id === motion_id && isUndecided(one.state))) refuse('amendments_first');
    if (motion.amends_id) await demandSameText(ctx, motion);
    if (motion.state === 'moved') refuse('second_first');
    const { members, entitled } = await rollFor(ctx, meeting, rules, motion);
    if (!reaches(entitled.length, members.length, rules.quorum))
      refuse('no_quorum', { present: entitled.length, members: members.length });
    await stepMotion(ctx, motion, 'put');
    const id = ctx.newId<'vote_event'>();
    const box_salt = motion.ballot === 'secret' ? newBoxSalt() : null;
    const box_seal = box_salt && sealOfBoxSalt(box_salt);
    await insertVoteEvent(ctx, { id, meeting_id: meeting.id, motion_id, ballot: motion.ballot, box_salt });
    record(
      ctx,
      'vote.opened',
      { kind: 'meeting', id: meeting.id },
      { vote_event_id: id, motion_id, ballot: motion.ballot, box_seal },
    );
    return { id, meeting_id: meeting.id };
  },
});

async function demandSameText(ctx: Ctx, amendment: Motion): Promise<void> {
  const amended = (await findMotion(ctx, amendment.amends_id!)) ?? notFound('motion', amendment.amends_id!);
  if (!isUndecided(amended.state)) refuse('motion_step_impossible');
  const [stands] = await textsOf(ctx, amended.id);
  if (stands?.version !== amendment.amends_version) refuse('amendment_outdated');
}

/**
 * Closes a vote and says what it came to, counted by the rows. Of a secret vote the ballots are written anew in the order
 * of their hash.
 */
export const close_vote = command({
  name: 'council.close_vote',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const known = (await findVoteEvent(ctx, id)) ?? notFound('vote_event', id);
    const { meeting, rules, motion } = await motionFor(ctx, known.motion_id, 'hold_vote', ['open']);
    if ((await findVoteEvent(ctx, id))?.closed_at) refuse('vote_closed');
    if ((await readingsOf(ctx, id)).length > 0) refuse('papers_wait');
    const roll = await rollFor(ctx, meeting, rules, motion);
    // Whoever voted and then left was there when it counted.
    const present = new Set([...roll.entitled, ...(await votersOf(ctx, known))]).size;
    const tally = await tallyOf(ctx, known);
    const facts = { members: roll.members.length, present, conflicted: roll.conflicted.length };
    const { result, counts } = decide(rules, motion.majority, tally, facts);
    const on_paper = (await paperVotersOf(ctx, id)).length;
    if (on_paper > 0) counts.on_paper = on_paper;
    // Found here or never: closing writes the ballots anew, without their seals.
    const box_differs = await changedInBox(ctx, id);
    if (box_differs.length > 0) counts.box_differs = box_differs.length;
    const votes_sha256 = await sealVotes(ctx, known);
    await closeVoteEvent(ctx, id, result, counts);
    await stepMotion(ctx, motion, result, result === 'no_quorum' ? {} : { decided_at: ctx.now });
    if (result === 'pass' && motion.amends_id) await amend(ctx, motion);
    const told = { vote_event_id: id, motion_id: motion.id, result, counts, votes_sha256 };
    record(
      ctx,
      'vote.closed',
      { kind: 'meeting', id: meeting.id },
      { ...told, ...(box_differs.length > 0 && { box_differs }) },
    );
    if (result !== 'no_quorum') await tell(ctx, motion, told);
    return { id, meeting_id: meeting.id, result };
  },
});

/** What the log keeps of the single votes: the hash of their list, which the page and the export publish. */
async function sealVotes(ctx: Ctx, event: VoteEvent): Promise<string> {
  const lines =
    event.ballot === 'secret'
      ? (await shuffleBallots(ctx, event.id)).map((one) => `${one.code_hash} ${one.option}`)
      : (await votesIn(ctx, event.meeting_id))
          .filter((one) => one.vote_event_id === event.id)
          .map((one) => `${one.person_id} ${one.option}`);
  return hashOfBallots(lines);
}

async function amend(ctx: Ctx, amendment: Motion): Promise<void> {
  const [text] = await textsOf(ctx, amendment.id);
  const [stands] = await textsOf(ctx, amendment.amends_id!);
  await insertText(ctx, {
    ...{ motion_id: amendment.amends_id!, version: stands!.version + 1, text: text!.text, amendment_id: amendment.id },
  });
}

async function tell(ctx: Ctx, motion: Motion, { result, counts }: { result: string; counts: object }): Promise<void> {
  record(ctx, 'motion.decided', { kind: 'motion', id: motion.id }, { result, counts, meeting_id: motion.meeting_id });
  if (motion.moved_by_id === ctx.actor.id) return;
  const notice = { template: `motion_${result}`, vars: { title: motion.title } };
  const subject = { kind: 'meeting', id: motion.meeting_id };
  await notify(ctx, { person_id: motion.moved_by_id, ...notice, subject }, motion.id);
}
