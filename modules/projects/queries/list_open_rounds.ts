import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { query } from '#platform/query.ts';
import { unfrozenRounds } from '../venture_round.store.ts';
import { namesToPropose, phaseOf } from '../venture_round.ts';

const MOST = 20;

/** The rounds that take proposals now, with whether this reader may propose there by its rules, and when the next begins. */
export const list_open_rounds = query({
  name: 'projects.list_open_rounds',
  reads: 'own',
  input: z.object({}),
  async run(ctx) {
    const rounds = await unfrozenRounds(ctx, MOST);
    const held = await ownPosts(ctx);
    const isPerson = ctx.actor.kind === 'person';
    const open = rounds.filter((round) => phaseOf(round, ctx.now) === 'proposing');
    const begins = rounds
      .filter((round) => phaseOf(round, ctx.now) === 'planned')
      .map((round) => round.rules.calendar.proposing_from);
    return {
      rounds: open.map(({ id, number, names, rules }) => {
        const as = namesToPropose(rules, held);
        return { id, number, names, rules, may_propose: isPerson && (as.own || as.organisations.length > 0) };
      }),
      next_from: begins.sort()[0] ?? null,
    };
  },
});
