import { z } from 'zod';
import { LEAST_PEOPLE, type OpinionMap } from '#engines/opinion_map/index.ts';
import { allows, demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { mapOf, ownOpinions, statementsOf, topicsToDraw, unanswered } from '../statement.store.ts';
import { LEAST_CHANGED, type OpinionWord, type Statement } from '../statement.ts';
import { findTopic } from '../topic.store.ts';
import { isOpenToAll } from '../topic.ts';

/**
 * The statements of a topic, the map last drawn of what people think of them, and what the reader thinks. Nobody else's
 * opinion is in it, and the reader's own goes to them alone.
 */
export const show_opinion_map = query({
  name: 'forum.show_opinion_map',
  reads: 'own',
  input: z.object({ topic_id: z.uuid() }),
  async run(ctx, { topic_id }) {
    const topic = await findTopic(ctx, topic_id);
    if (!topic || !isOpenToAll(topic)) notFound('topic', topic_id);
    const relations = forumRelations(ctx.actor);
    const moderates = allows(forumPolicy, 'moderate', relations);
    const isMe = ctx.actor.kind === 'person' && !ctx.actor.on_behalf_of_id;
    const all = await statementsOf(ctx, topic_id);
    const own = isMe ? await ownOpinions(ctx, topic_id) : new Map<string, OpinionWord>();
    const shown = all.filter((one) => one.state === 'shown');
    const left = isMe && topic.state === 'open' ? await unanswered(ctx, topic_id, 1) : [];
    const drawn = await mapOf(ctx, topic_id);
    const mine = (one: Statement) => isMe && one.written_by_id === ctx.actor.id;
    return {
      topic: { id: topic.id, title: topic.title, state: topic.state },
      statements: shown.map((one) => ({
        id: one.id,
        number: one.number,
        text: one.text,
        is_mine: mine(one),
        opinion: own.get(one.id) ?? null,
      })),
      waiting: all.filter((one) => one.state === 'waiting' && mine(one)).map(({ id, text }) => ({ id, text })),
      next: left[0] ?? null,
      given: shown.filter((one) => own.has(one.id)).length,
      map: drawn ? { drawn_at: drawn.drawn_at, ...onlyShown(drawn.map, new Set(shown.map((one) => one.id))) } : null,
      least_people: LEAST_PEOPLE,
      may: { give: isMe && topic.state === 'open', write: isMe && topic.state === 'open', moderate: moderates },
    };
  },
});

/** What was hidden after the map was drawn leaves it too. */
function onlyShown(map: OpinionMap, shown: ReadonlySet<string>): OpinionMap {
  const isShown = ({ statement }: { statement: string }) => shown.has(statement);
  return {
    ...map,
    statements: map.statements.filter(isShown),
    shared: map.shared.filter(isShown),
    groups: map.groups.map((group) => ({ ...group, representative: group.representative.filter(isShown) })),
  };
}

/** Topics whose map is due to be drawn. For the jobs. */
export const list_maps_due = query({
  name: 'forum.list_maps_due',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    demand(forumPolicy, 'draw_map', forumRelations(ctx.actor), { kind: 'forum', id: ctx.community.id });
    return { topics: await topicsToDraw(ctx, LEAST_CHANGED) };
  },
});
