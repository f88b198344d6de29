import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notify } from '#platform/notify.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { admitSpeaker } from '../speaker.store.ts';
import { addSpeechPhotos, findSpeech, insertSpeech } from '../speech.store.ts';
import { quotes } from '../speech.ts';
import { changeTopic, lockTopic } from '../topic.store.ts';

/** Somebody speaks on a topic, perhaps in reply to a speech and quoting its words. */
export const give_speech = command({
  name: 'forum.give_speech',
  input: z.object({
    topic_id: z.uuid(),
    text: z.string().trim().min(1).max(2000),
    reply_to_id: z.uuid().optional(),
    quote: z.string().trim().max(400).optional(),
    photos: z
      .array(z.string().regex(/^[0-9a-f]{64}$/))
      .max(6)
      .default([]),
  }),
  async run(ctx, { topic_id, text, reply_to_id = null, quote = '', photos }) {
    const topic = (await lockTopic(ctx, topic_id)) ?? notFound('topic', topic_id);
    if (topic.state === 'concluded') refuse('topic_concluded');
    if (topic.state !== 'open') notFound('topic', topic_id);
    const { state, is_verified } = await admitSpeaker(ctx, 'speeches');
    const replied = reply_to_id ? await findSpeech(ctx, reply_to_id) : undefined;
    if (reply_to_id && (replied?.topic_id !== topic_id || replied.state !== 'shown')) notFound('speech', reply_to_id);
    if (quote !== '' && !quotes(replied?.text ?? '', quote)) refuse('quote_unknown', {}, { field: 'quote' });
    const id = ctx.newId<'speech'>();
    await insertSpeech(ctx, {
      ...{ id, topic_id, speaker_id: ctx.actor.id, speaker_is_verified: is_verified, state, reply_to_id },
      ...{ text: maskPersonalData(text), quote: quote === '' ? null : quote },
    });
    await addSpeechPhotos(ctx, id, photos);
    if (state === 'shown') await changeTopic(ctx, topic_id, { spoken_at: ctx.now });
    record(ctx, 'speech.given', { kind: 'topic', id: topic_id }, { speech_id: id, reply_to_id, state });
    if (replied && state === 'shown' && replied.speaker_id !== ctx.actor.id)
      await notify(
        ctx,
        {
          ...{ person_id: replied.speaker_id, template: 'speech_replied' },
          ...{ vars: { title: topic.title }, subject: { kind: 'topic', id: topic_id } },
        },
        id,
      );
    return { id, state };
  },
});
