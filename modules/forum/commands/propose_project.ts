import { z } from 'zod';
import { new_proposal, submit_proposal } from '#modules/projects/index.ts';
import { command } from '#platform/command.ts';
import { link, record } from '#platform/event.ts';
import { notFound } from '#platform/refusal.ts';
import { tellRaiser } from '../tell_raiser.ts';
import { linksOf, lockTopic } from '../topic.store.ts';
import { isOpenToAll } from '../topic.ts';
import { conclude_topic } from './conclude_topic.ts';

const MOST_NEEDS = 20;

/**
 * A topic is put forward as a project of a venture round, with the needs it grew from, by whoever may propose there. Whoever
 * may conclude the topic can sum it up in the same step; for others it goes on.
 */
export const propose_project = command({
  name: 'forum.propose_project',
  input: new_proposal.omit({ request_ids: true }).extend({
    topic_id: z.uuid(),
    /** What is said of the topic as it ends; without it the topic stays open. */
    conclusion: z.string().trim().min(1).max(4000).optional(),
  }),
  async run(ctx, { topic_id, conclusion, ...words }) {
    const topic = await lockTopic(ctx, topic_id);
    if (!topic || !isOpenToAll(topic)) notFound('topic', topic_id);
    const needs = (await linksOf(ctx, topic_id)).filter((one) => one.is_from && one.kind === 'request');
    const request_ids = needs.slice(0, MOST_NEEDS).map((one) => one.id);
    const proposal = await submit_proposal.run(ctx, submit_proposal.input.parse({ ...words, request_ids }));
    const { id: became_id } = proposal;
    if (conclusion) {
      await conclude_topic.run(ctx, { id: topic_id, summary: conclusion, outcome: 'proposal', became_id });
    } else {
      await link(ctx, { kind: 'topic', id: topic_id }, 'became_proposal', { kind: 'proposal', id: became_id });
      record(ctx, 'topic.became_proposal', { kind: 'topic', id: topic_id }, { outcome: 'proposal', became_id });
      await tellRaiser(ctx, topic, 'proposal', became_id);
    }
    return { ...proposal, topic_id };
  },
});
