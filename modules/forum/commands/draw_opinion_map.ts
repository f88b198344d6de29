import { z } from 'zod';
import { mapOpinions } from '#engines/opinion_map/index.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { opinionsOn, statementsOf, topicsToDraw, writeMap } from '../statement.store.ts';
import { LEAST_CHANGED, weightOf } from '../statement.ts';

/** Draws a topic's map anew when enough people said something since; a job's, not anybody's. */
export const draw_opinion_map = command({
  name: 'forum.draw_opinion_map',
  input: z.object({ topic_id: z.uuid() }),
  async run(ctx, { topic_id }) {
    demand(forumPolicy, 'draw_map', forumRelations(ctx.actor), { kind: 'topic', id: topic_id });
    const [due] = await topicsToDraw(ctx, LEAST_CHANGED, topic_id);
    if (!due) return { drawn: false };
    const shown = (await statementsOf(ctx, topic_id)).filter((one) => one.state === 'shown').map((one) => one.id);
    const given = await opinionsOn(ctx, topic_id);
    const map = mapOpinions(
      given.map((one) => ({ ...one, opinion: weightOf(one.opinion) })),
      shown,
    );
    await writeMap(ctx, topic_id, map);
    record(ctx, 'opinion_map.drawn', { kind: 'topic', id: topic_id }, { participants: map.participants });
    return { drawn: true };
  },
});
