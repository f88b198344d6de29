import { z } from 'zod';
import { publicNames } from '#modules/people/index.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { newReceiptCode, receipt_code } from '#platform/receipt_code.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { motionFor } from '../find.ts';
import { rollFor } from '../roll.ts';
import { boxSaltOf, enterRoll, findVoteEvent, paperVotersOf, putBallot, votersOf } from '../vote.store.ts';
import { hashOfCode, LEAST_PAPERS, OPTIONS, sameReading, type Tally } from '../vote.ts';
import { deleteReadings, readingsOf, writeReading } from '../vote_paper.store.ts';

const number = z.number().int().min(0).max(500);

/**
 * Types in the papers of a secret vote: who voted on paper, and how often what. They count when two people have read the
 * same: each voter is then on the roll, each paper in the box with the others, and what was read apart from them is gone.
 */
export const type_vote_papers = command({
  name: 'council.type_vote_papers',
  input: z.object({
    vote_event_id: z.uuid(),
    voter_ids: z.array(z.uuid()).max(500),
    ...{ yes: number, no: number, abstain: number },
    /** Made by the page and kept nowhere, so that the receipt's hash says nothing about what was read. */
    receipt_code,
  }),
  async run(ctx, { vote_event_id, voter_ids, yes, no, abstain }) {
    const { meeting_id, entitled } = await papersFor(ctx, vote_event_id);
    const reading = { voter_ids: [...new Set(voter_ids)].sort(), yes, no, abstain };
    await demandPapers(ctx, vote_event_id, reading, entitled);
    const others = (await readingsOf(ctx, vote_event_id)).filter((one) => one.entered_by_id !== ctx.actor.id);
    if (others.some((one) => sameReading(one, reading))) {
      await countPapers(ctx, vote_event_id, reading);
      record(
        ctx,
        'vote.papers_counted',
        { kind: 'meeting', id: meeting_id },
        { vote_event_id, voter_ids: reading.voter_ids },
      );
      return { vote_event_id, meeting_id, state: 'counted' as const };
    }
    await writeReading(ctx, vote_event_id, reading);
    return { vote_event_id, meeting_id, state: others.length > 0 ? ('differing' as const) : ('waiting' as const) };
  },
});

/** What was read of papers and does not count yet is thrown away, so that the vote can be closed or the papers read anew. */
export const take_back_vote_papers = command({
  name: 'council.take_back_vote_papers',
  input: z.object({ vote_event_id: z.uuid() }),
  async run(ctx, { vote_event_id }) {
    const { meeting_id } = await papersFor(ctx, vote_event_id);
    if ((await readingsOf(ctx, vote_event_id)).length === 0) refuse('no_papers_wait');
    await deleteReadings(ctx, vote_event_id);
    record(ctx, 'vote.papers_taken_back', { kind: 'meeting', id: meeting_id }, { vote_event_id });
    return { vote_event_id, meeting_id };
  },
});

/** The secret vote, its meeting locked: nobody votes on their phone while papers are counted. */
async function papersFor(ctx: Ctx, id: string) {
  const known = (await findVoteEvent(ctx, id)) ?? notFound('vote_event', id);
  const { meeting, rules, motion } = await motionFor(ctx, known.motion_id, 'type_papers', ['open']);
  if ((await findVoteEvent(ctx, id))?.closed_at) refuse('vote_closed');
  if (known.ballot !== 'secret') refuse('vote_is_open');
  const { entitled } = await rollFor(ctx, meeting, rules, motion);
  return { meeting_id: meeting.id, entitled };
}

type Reading = Tally & { voter_ids: string[] };

async function demandPapers(ctx: Ctx, id: string, { voter_ids, ...tally }: Reading, entitled: readonly string[]) {
  if ((await paperVotersOf(ctx, id)).length > 0) refuse('papers_counted');
  if (voter_ids.length < LEAST_PAPERS) refuse('papers_too_few', {}, { field: 'voters' });
  const papers = OPTIONS.reduce((sum, option) => sum + tally[option], 0);
  if (papers !== voter_ids.length) refuse('papers_differ', { papers, voters: voter_ids.length }, { field: 'yes' });
  const voted = await votersOf(ctx, { id, ballot: 'secret' });
  const twice = voter_ids.filter((one) => voted.includes(one));
  if (twice.length > 0) refuse('paper_voters_voted', { names: await namesOf(ctx, twice) }, { field: 'voters' });
  const others = voter_ids.filter((one) => !entitled.includes(one));
  if (others.length > 0)
    refuse('paper_voters_not_entitled', { names: await namesOf(ctx, others) }, { field: 'voters' });
}

/** Of somebody who is unknown here nothing is said but that. */
async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<string> {
  const names = await publicNames(ctx, [...ids]);
  return ids.map((id) => names.get(id) ?? '?').join(', ');
}

async function countPapers(ctx: Ctx, id: string, { voter_ids, ...tally }: Reading): Promise<void> {
  for (const person_id of voter_ids)
    if (!(await enterRoll(ctx, id, person_id, 'paper'))) refuse('member_voted_already');
  const box = { id, box_salt: await boxSaltOf(ctx, id) };
  for (const option of OPTIONS)
    for (let paper = 0; paper < tally[option]; paper++)
      await putBallot(ctx, box, { code_hash: hashOfCode(id, newReceiptCode()), option });
  await deleteReadings(ctx, id);
}
