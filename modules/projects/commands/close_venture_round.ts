import { z } from 'zod';
import { command } from '#platform/command.ts';
import { sha256 } from '#platform/crypto.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { ballotsOf, emptyBox, publishBallots, turnoutOf } from '../ballot.store.ts';
import { changedInBox } from '../box_check.store.ts';
import { countFile, fileOfRound } from '../count_round.ts';
import { beginProjects } from '../deliver.ts';
import { demandProject } from '../find.ts';
import { papersOf } from '../paper.store.ts';
import { sealsOfCount } from '../project_history.ts';
import { proposalsBy } from '../proposal.store.ts';
import { insertResult } from '../result.store.ts';
import { changeRound, lockRound, onBallot } from '../venture_round.store.ts';
import { phaseOf } from '../venture_round.ts';

const MOST_PROJECTS = 2_000;
const MOST_NAMED = 200;

/**
 * Closes a round and publishes what it came to. The ballots are written anew in the order of their hash and the old rows
 * deleted, so that neither order nor transaction of a row tells who cast it; the result is computed from the published file.
 */
export const close_venture_round = command({
  name: 'projects.close_venture_round',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    await demandProject(ctx, 'close_round', { kind: 'venture_round', id });
    const round = (await lockRound(ctx, id, 'update')) ?? notFound('venture_round', id);
    if (phaseOf(round, ctx.now) !== 'counting') refuse('not_counting');
    const { waiting, differing } = await papersOf(ctx, id);
    if (waiting + differing > 0) refuse('papers_waiting', { count: waiting + differing });
    const [turnout, ballots] = [await turnoutOf(ctx, id), await ballotsOf(ctx, id)];
    const listed = await proposalsBy(ctx, id, { states: ['admitted'], limit: MOST_PROJECTS });
    const titles = new Map(listed.map((one) => [one.number, one.title]));
    const projects = (await onBallot(ctx, id)).map((one) => ({ ...one, title: titles.get(one.number)! }));
    const text = fileOfRound(round, projects, ballots);
    const file_sha256 = sha256(text).toString('hex');
    const counted = countFile(text, round.rules.allocation);
    const box_differs = await changedInBox(ctx, round);
    await publishBallots(ctx, id, counted.ballots);
    await emptyBox(ctx, id);
    await insertResult(ctx, id, text, file_sha256, counted.outcome);
    await changeRound(ctx, id, { closed_at: ctx.now, box_salt: null }, round.version);
    const subject = { kind: 'venture_round', id };
    // Who changed the box behind the application's back cannot be undone here; that it was changed stands in the log for ever.
    const differs = box_differs.length > 0 && {
      box_differs: box_differs.slice(0, MOST_NAMED),
      box_differs_count: box_differs.length,
    };
    record(ctx, 'venture_round.closed', subject, { voters: turnout.voters, ballots: ballots.length, ...differs });
    const { selected } = counted.outcome;
    record(ctx, 'venture_result.published', subject, { file_sha256, selected, ...sealsOfCount(counted) });
    await beginProjects(ctx, id, selected);
    return { id, number: round.number, file_sha256 };
  },
});
