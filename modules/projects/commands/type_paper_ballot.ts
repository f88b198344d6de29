import { z } from 'zod';
import { isVerifiedResident } from '#modules/people/index.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { receipt_code } from '#platform/receipt_code.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { enterRoll, isInBox, putBallot, turnoutOf } from '../ballot.store.ts';
import { checkChoices, hashOfCode, sealOfVoter } from '../ballot.ts';
import { demandProject } from '../find.ts';
import { countPaper, entriesOf, papersOf, writeEntry } from '../paper.store.ts';
import { lockRound, onBallot } from '../venture_round.store.ts';
import { phaseOf } from '../venture_round.ts';

/** Somebody takes a paper ballot: they are on the roll from now, and the paper is not theirs by name or number. */
export const give_paper_ballot = command({
  name: 'projects.give_paper_ballot',
  input: z.object({ round_id: z.uuid(), person_id: z.uuid() }),
  async run(ctx, { round_id, person_id }) {
    await demandProject(ctx, 'type_paper', { kind: 'venture_round', id: round_id });
    const round = (await lockRound(ctx, round_id, 'share')) ?? notFound('venture_round', round_id);
    if (phaseOf(round, ctx.now) !== 'voting') refuse('not_voting');
    if (!(await isVerifiedResident(ctx, person_id, ctx.now))) refuse('residence_unverified', {}, { field: 'person' });
    if (!(await enterRoll(ctx, round_id, person_id, 'paper'))) refuse('voted_already', {}, { field: 'person' });
    const subject = { kind: 'venture_round', id: round_id };
    record(ctx, 'ballot.paper_given', subject, { voter_seal: sealOfVoter(ctx.keys, round_id, person_id) });
    return { round_id };
  },
});

/**
 * Types a paper ballot in. It counts when two people have read the same; until then, and when they read differently, it
 * waits. No more papers count than were given out.
 */
export const type_paper_ballot = command({
  name: 'projects.type_paper_ballot',
  input: z.object({
    round_id: z.uuid(),
    receipt_code,
    proposals: z.array(z.number().int().positive()).max(200),
  }),
  async run(ctx, { round_id, receipt_code, proposals }) {
    await demandProject(ctx, 'type_paper', { kind: 'venture_round', id: round_id });
    const round = (await lockRound(ctx, round_id, 'update')) ?? notFound('venture_round', round_id);
    if (!['voting', 'counting'].includes(phaseOf(round, ctx.now))) refuse('not_voting');
    const chosen = checkChoices(round.rules, await onBallot(ctx, round_id), proposals);
    const code_hash = hashOfCode(round_id, receipt_code);
    const before = await entriesOf(ctx, round_id, code_hash);
    // Also the code of a ballot that was cast online: its reading would wait for ever.
    if (await isInBox(ctx, round_id, code_hash)) refuse('paper_counted', {}, { field: 'receipt_code' });
    await writeEntry(ctx, round, code_hash, chosen);
    if (!before.some((one) => one.entered_by_id === ctx.actor.id))
      record(ctx, 'ballot.paper_read', { kind: 'venture_round', id: round_id });
    const others = before.filter((one) => one.entered_by_id !== ctx.actor.id);
    const agrees = others.some((one) => one.proposals.join() === chosen.join());
    if (!agrees) return { state: others.length > 0 ? ('differing' as const) : ('waiting' as const) };
    const [{ counted }, { papers_given }] = [await papersOf(ctx, round_id), await turnoutOf(ctx, round_id)];
    if (counted >= papers_given) refuse('more_papers_than_given', { count: papers_given });
    await putBallot(ctx, round, { code_hash, proposals: chosen });
    await countPaper(ctx, round_id, code_hash);
    record(ctx, 'ballot.paper_counted', { kind: 'venture_round', id: round_id });
    return { state: 'counted' as const };
  },
});
