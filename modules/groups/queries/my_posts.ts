import { z } from 'zod';
import { query } from '#platform/query.ts';
import { belongingsOf } from '../membership.store.ts';
import { ownPosts } from '../speak_for.ts';

/** The posts the reader holds and what they are a member of. */
export const my_posts = query({
  name: 'groups.my_posts',
  reads: 'own',
  input: z.object({}),
  async run(ctx) {
    const isPerson = ctx.actor.kind === 'person' && !ctx.actor.on_behalf_of_id;
    return {
      posts: await ownPosts(ctx),
      memberships: isPerson ? await belongingsOf(ctx, { person_id: ctx.actor.id }) : [],
    };
  },
});
