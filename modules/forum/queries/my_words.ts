import { z } from 'zod';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { wordsOf } from '../my_words.store.ts';

/** What I said at Morning Tea, what I think of statements, what I marked, and what I was asked to take on. For my file. */
export const my_words = query({
  name: 'forum.my_words',
  reads: 'own',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) refuse('sign_in_first');
    return wordsOf(ctx, ctx.actor.id);
  },
});
