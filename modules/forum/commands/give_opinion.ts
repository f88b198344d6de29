import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { findStatement, writeOpinion } from '../statement.store.ts';
import { OPINIONS } from '../statement.ts';
import { findTopic } from '../topic.store.ts';

/**
 * Somebody agrees, disagrees or passes; another word later takes the place of the first. What it was stands in one row
 * that only its writer and the map read: neither the event nor the answer says it.
 */
export const give_opinion = command({
  name: 'forum.give_opinion',
  input: z.object({ statement_id: z.uuid(), opinion: z.enum(OPINIONS) }),
  async run(ctx, { statement_id, opinion }) {
    if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) refuse('sign_in_first');
    demand(forumPolicy, 'give_opinion', forumRelations(ctx.actor), { kind: 'statement', id: statement_id });
    const statement = await findStatement(ctx, statement_id);
    const topic = statement?.state === 'shown' ? await findTopic(ctx, statement.topic_id) : undefined;
    if (topic?.state === 'concluded') refuse('topic_concluded');
    if (topic?.state !== 'open') notFound('statement', statement_id);
    await writeOpinion(ctx, statement_id, opinion);
    record(ctx, 'opinion.given', { kind: 'topic', id: topic.id });
    return { id: statement_id };
  },
});
