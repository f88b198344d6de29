import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { openToLead } from '../lead_session.ts';
import { findEntry, insertEntry, insertText } from '../minutes.store.ts';
import { turnsOf } from '../session.store.ts';

const text = z.string().trim().min(1).max(4000);

/** The secretary writes down what was said, while it is said or after; by whose turn it was, the speaker is known. */
export const write_minutes = command({
  name: 'forum.write_minutes',
  input: z.object({ session_id: z.uuid(), turn_id: z.uuid().optional(), text }),
  async run(ctx, { session_id, turn_id, text }) {
    await openToLead(ctx, session_id, 'write_minutes', ['open', 'closed']);
    const turn = turn_id ? (await turnsOf(ctx, session_id)).find((one) => one.id === turn_id) : undefined;
    if (turn_id && !turn?.started_at) notFound('speaking_turn', turn_id);
    const id = ctx.newId<'minute_entry'>();
    await insertEntry(ctx, {
      ...{ id, session_id, topic_id: turn?.topic_id ?? null, speaker_id: turn?.person_id ?? null },
      shown_name: turn && !turn.person_id ? turn.name : null,
    });
    await insertText(ctx, id, 1, maskPersonalData(text), null);
    record(ctx, 'minutes.written', { kind: 'forum_session', id: session_id }, { entry_id: id });
    return { id };
  },
});

/** Whoever said it, or the secretary, corrects an entry with a reason; what stood before is kept and shown. */
export const correct_minutes = command({
  name: 'forum.correct_minutes',
  input: z.object({
    id: z.uuid(),
    expected_version: z.number().int().positive(),
    text,
    reason: z.string().trim().min(1).max(400),
  }),
  async run(ctx, { id, expected_version, text, reason }) {
    const entry = (await findEntry(ctx, id)) ?? notFound('minute_entry', id);
    demand(forumPolicy, 'correct_minutes', forumRelations(ctx.actor, entry), { kind: 'minute_entry', id });
    if (entry.version !== expected_version) refuse('stale', {}, { kind: 'minute_entry', id });
    await insertText(ctx, id, entry.version + 1, maskPersonalData(text), maskPersonalData(reason));
    record(
      ctx,
      'minutes.corrected',
      { kind: 'forum_session', id: entry.session_id },
      { entry_id: id, version: entry.version + 1 },
    );
    return { id, version: entry.version + 1 };
  },
});
