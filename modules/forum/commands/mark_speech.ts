import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { findSpeech, marksOf, writeMark } from '../speech.store.ts';
import { findTopic } from '../topic.store.ts';
import { isOpenToAll } from '../topic.ts';

/** “Hit the point”, or the mark taken back. One a person and speech, never on one’s own, and there is no other mark. */
export const mark_speech = command({
  name: 'forum.mark_speech',
  input: z.object({ id: z.uuid(), hits_the_point: z.boolean() }),
  async run(ctx, { id, hits_the_point }) {
    if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) refuse('sign_in_first');
    demand(forumPolicy, 'mark', forumRelations(ctx.actor), { kind: 'speech', id });
    const speech = (await findSpeech(ctx, id)) ?? notFound('speech', id);
    const topic = await findTopic(ctx, speech.topic_id);
    if (speech.state !== 'shown' || !topic || !isOpenToAll(topic)) notFound('speech', id);
    if (speech.speaker_id === ctx.actor.id) refuse('own_speech');
    await writeMark(ctx, id, hits_the_point);
    record(
      ctx,
      hits_the_point ? 'speech.marked' : 'speech.unmarked',
      { kind: 'topic', id: speech.topic_id },
      { speech_id: id },
    );
    return { id, marks: await marksOf(ctx, id) };
  },
});
