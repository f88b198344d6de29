import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { admitSpeaker } from '../speaker.store.ts';
import { insertStatement, statementsOf } from '../statement.store.ts';
import { MOST_STATEMENTS } from '../statement.ts';
import { lockTopic } from '../topic.store.ts';

/** A short statement on a topic, for others to agree or disagree with. The first word of somebody new waits, as with speeches. */
export const write_statement = command({
  name: 'forum.write_statement',
  input: z.object({
    topic_id: z.uuid(),
    text: z
      .string()
      .transform((text) => text.replace(/\s+/g, ' ').trim())
      .pipe(z.string().min(4).max(140)),
  }),
  async run(ctx, { topic_id, text }) {
    const topic = (await lockTopic(ctx, topic_id)) ?? notFound('topic', topic_id);
    if (topic.state === 'concluded') refuse('topic_concluded');
    if (topic.state !== 'open') notFound('topic', topic_id);
    const { state } = await admitSpeaker(ctx, 'speeches');
    const there = (await statementsOf(ctx, topic_id)).filter((one) => one.state === 'shown' || one.state === 'waiting');
    if (there.some((one) => one.text === text)) refuse('statement_there', {}, { field: 'text' });
    if (there.length >= MOST_STATEMENTS) refuse('statements_enough', { count: MOST_STATEMENTS });
    const id = ctx.newId<'statement'>();
    await insertStatement(ctx, { id, topic_id, text: maskPersonalData(text), written_by_id: ctx.actor.id, state });
    record(ctx, 'statement.written', { kind: 'topic', id: topic_id }, { statement_id: id, state });
    return { id, state };
  },
});
