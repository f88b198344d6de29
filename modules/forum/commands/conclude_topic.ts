import { z } from 'zod';
import { command } from '#platform/command.ts';
import { link, record } from '#platform/event.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { findSession } from '../session.store.ts';
import { OUTCOMES } from '../speech.ts';
import { tellRaiser } from '../tell_raiser.ts';
import { changeTopic, lockTopic } from '../topic.store.ts';

/**
 * What came of a topic: a summary in words, and the request, motion or proposal it became (made before by its own
 * module; both are linked), or nothing more.
 */
export const conclude_topic = command({
  name: 'forum.conclude_topic',
  input: z.object({
    id: z.uuid(),
    summary: z.string().trim().min(1).max(4000),
    outcome: z.enum(OUTCOMES),
    became_id: z.uuid().optional(),
  }),
  async run(ctx, { id, summary, outcome, became_id }) {
    const topic = (await lockTopic(ctx, id)) ?? notFound('topic', id);
    const session = topic.session_id ? await findSession(ctx, topic.session_id) : undefined;
    demand(forumPolicy, 'conclude', forumRelations(ctx.actor, session), { kind: 'topic', id });
    if (topic.state === 'concluded') refuse('topic_concluded');
    if (topic.state !== 'open') notFound('topic', id);
    if ((outcome === 'nothing') !== (became_id === undefined)) refuse('required', {}, { field: 'became_id' });
    await changeTopic(ctx, id, {
      ...{ state: 'concluded', outcome, summary: maskPersonalData(summary) },
      ...{ concluded_at: ctx.now, concluded_by_id: ctx.actor.id },
    });
    if (became_id) await link(ctx, { kind: 'topic', id }, `became_${outcome}`, { kind: outcome, id: became_id });
    const event = outcome === 'nothing' ? 'topic.concluded' : `topic.became_${outcome}`;
    record(ctx, event, { kind: 'topic', id }, { outcome, became_id: became_id ?? null });
    await tellRaiser(ctx, topic, outcome, id);
    return { id };
  },
});
