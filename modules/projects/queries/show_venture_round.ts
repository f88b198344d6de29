import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { isVerifiedResident } from '#modules/people/index.ts';
import { principalOf } from '#platform/actor.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { isOnRoll, turnoutOf } from '../ballot.store.ts';
import { roundFor } from '../find.ts';
import { papersOf } from '../paper.store.ts';
import { projectPolicy, projectRelations } from '../project.policy.ts';
import { namesToPropose, phaseOf } from '../venture_round.ts';

/** One round: its rules, where it stands, how many voted, and what this reader may do and has done. */
export const show_venture_round = query({
  name: 'projects.show_venture_round',
  reads: 'own',
  input: z.object({ number: z.number().int().positive() }),
  async run(ctx, { number }) {
    const round = await roundFor(ctx, number);
    const held = await ownPosts(ctx);
    const relations = projectRelations(ctx.actor, held);
    const may = (action: keyof typeof projectPolicy) => allows(projectPolicy, action, relations);
    const isPerson = ctx.actor.kind === 'person';
    const voter = principalOf(ctx.actor);
    return {
      ...round,
      phase: phaseOf(round, ctx.now),
      turnout: await turnoutOf(ctx, round.id),
      papers: may('type_paper') ? await papersOf(ctx, round.id) : null,
      is_verified: isPerson && (await isVerifiedResident(ctx, voter, ctx.now)),
      propose_as: namesToPropose(round.rules, held),
      has_voted: isPerson && (await isOnRoll(ctx, round.id, voter)),
      may: {
        write_round: may('write_round'),
        type_paper: may('type_paper'),
        vet: may('vet'),
        close_round: may('close_round'),
      },
    };
  },
});
