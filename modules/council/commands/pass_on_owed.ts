import { z } from 'zod';
import { hand_on_request } from '#modules/requests/index.ts';
import { command } from '#platform/command.ts';
import { notFound } from '#platform/refusal.ts';
import { owedByPost } from '../resolution.store.ts';

const REASON = '岗位换人了，决议跟着岗位走。 / The post has a new holder, and its resolutions go with it.';

/** What a post owes goes on to whoever holds it now, when its owner no longer does. */
export const pass_on_owed = command({
  name: 'council.pass_on_owed',
  input: z.object({ post_id: z.uuid(), person_id: z.uuid() }),
  async run(ctx, { post_id, person_id }) {
    if (ctx.actor.kind !== 'system') notFound('post', post_id);
    const requests = await owedByPost(ctx, post_id, person_id);
    for (const id of requests) await hand_on_request.run(ctx, { id, to: { person_id }, reason: REASON });
    return { passed_on: requests.length };
  },
});
