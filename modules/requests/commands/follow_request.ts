import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound } from '#platform/refusal.ts';
import { addFollower, endFollower } from '../follower.store.ts';
import { id } from '../request.input.ts';
import { requestPolicy, requestRelations } from '../request.policy.ts';
import { findRequest } from '../request.store.ts';

/** “I have this too”: hears what becomes of a request that somebody else told. */
export const follow_request = command({
  name: 'requests.follow_request',
  input: z.object({ id, follow: z.boolean().default(true) }),
  async run(ctx, input) {
    const request = (await findRequest(ctx, { id: input.id })) ?? notFound('request', input.id);
    const relations = requestRelations(ctx.actor, request);
    demand(requestPolicy, 'show', relations, { kind: 'request', id: input.id });
    demand(requestPolicy, 'follow', relations, { kind: 'request', id: input.id });
    const me = principalOf(ctx.actor);
    if (input.follow) await addFollower(ctx, request.id, me, 'follows');
    else await endFollower(ctx, request.id, me);
    record(ctx, input.follow ? 'request.followed' : 'request.unfollowed', { kind: 'request', id: request.id });
    return { id: request.id, follows: input.follow };
  },
});
