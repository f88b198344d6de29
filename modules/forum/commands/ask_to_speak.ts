import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { openToLead } from '../lead_session.ts';
import { changeTurn, insertTurn, lockSession, turnsOf } from '../session.store.ts';
import { speakingList } from '../session.ts';
import { demandSpeaker } from '../speaker.store.ts';

/** Somebody asks to speak and stands at the end of the list, once at a time. The secretary puts down who has no sign-in, by the name they give. */
export const ask_to_speak = command({
  name: 'forum.ask_to_speak',
  input: z.object({
    session_id: z.uuid(),
    topic_id: z.uuid().optional(),
    shown_name: z.string().trim().min(1).max(40).optional(),
  }),
  async run(ctx, { session_id, topic_id = null, shown_name = null }) {
    await openToLead(ctx, session_id, shown_name ? 'lead_session' : 'ask_to_speak', ['coming', 'open']);
    if (!shown_name) await demandSpeaker(ctx);
    const person_id = shown_name ? null : ctx.actor.id;
    const { speaking, waiting } = speakingList(await turnsOf(ctx, session_id));
    const stands = [...waiting, ...(speaking ? [speaking] : [])];
    if (person_id && stands.some((turn) => turn.person_id === person_id)) refuse('on_the_list_already');
    const id = ctx.newId<'speaking_turn'>();
    const number = await insertTurn(ctx, { id, session_id, topic_id, person_id, shown_name });
    record(ctx, 'speaker.asked', { kind: 'forum_session', id: session_id }, { turn_id: id, number });
    return { id, number, before: stands.length };
  },
});

/** Somebody who waits leaves the list; the secretary takes off who has gone home. */
export const leave_list = command({
  name: 'forum.leave_list',
  input: z.object({ session_id: z.uuid(), turn_id: z.uuid() }),
  async run(ctx, { session_id, turn_id }) {
    const session = (await lockSession(ctx, session_id)) ?? notFound('forum_session', session_id);
    const turn =
      (await turnsOf(ctx, session_id)).find((one) => one.id === turn_id) ?? notFound('speaking_turn', turn_id);
    const isOwn = turn.person_id === ctx.actor.id && !ctx.actor.on_behalf_of_id;
    if (!isOwn)
      demand(forumPolicy, 'lead_session', forumRelations(ctx.actor, session), { kind: 'speaking_turn', id: turn_id });
    if (turn.started_at || turn.left_at) refuse('turn_over');
    await changeTurn(ctx, turn_id, { left_at: ctx.now });
    record(ctx, 'speaker.left', { kind: 'forum_session', id: session_id }, { turn_id });
    return { id: turn_id };
  },
});
