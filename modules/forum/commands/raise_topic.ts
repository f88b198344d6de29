import { z } from 'zod';
import { command } from '#platform/command.ts';
import { link, record } from '#platform/event.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { findSession } from '../session.store.ts';
import { phaseOf } from '../session.ts';
import { admitSpeaker } from '../speaker.store.ts';
import { insertTopic } from '../topic.store.ts';

/**
 * Somebody raises a topic, freely or from a thing that is public (a request): then both are linked. Who has never said
 * anything waits until a moderator has read it.
 */
export const raise_topic = command({
  name: 'forum.raise_topic',
  input: z.object({
    title: z.string().trim().min(2).max(80),
    text: z.string().trim().min(1).max(4000),
    session_id: z.uuid().optional(),
    /** What it is born from. The sender has made sure that everybody may read it. */
    from: z.object({ kind: z.enum(['request', 'proposal', 'motion']), id: z.uuid() }).optional(),
  }),
  async run(ctx, { title, text, session_id = null, from }) {
    const { state } = await admitSpeaker(ctx, 'topics');
    if (session_id) {
      const session = (await findSession(ctx, session_id)) ?? notFound('forum_session', session_id);
      if (!['coming', 'open'].includes(phaseOf(session))) refuse('session_over', {}, { field: 'session_id' });
    }
    const id = ctx.newId<'topic'>();
    const opened = state === 'shown' ? ('open' as const) : ('waiting' as const);
    await insertTopic(ctx, {
      ...{ id, session_id, state: opened },
      ...{ title: maskPersonalData(title), text: maskPersonalData(text) },
    });
    if (from) await link(ctx, from, 'became_topic', { kind: 'topic', id });
    record(ctx, 'topic.raised', { kind: 'topic', id }, { session_id, from: from ?? null, state: opened });
    return { id, state: opened };
  },
});
