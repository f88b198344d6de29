import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { openToLead } from '../lead_session.ts';
import { changeSession, changeTurn, turnsOf } from '../session.store.ts';
import { speakingList } from '../session.ts';

const key = z.object({ id: z.uuid() });

/** The session begins: the speaking list moves, minutes are taken. */
export const open_session = command({
  name: 'forum.open_session',
  input: key,
  async run(ctx, { id }) {
    await openToLead(ctx, id, 'lead_session', ['coming']);
    await changeSession(ctx, id, { opened_at: ctx.now });
    record(ctx, 'forum_session.opened', { kind: 'forum_session', id });
    return { id };
  },
});

/** The session ends; whoever still spoke or waited is taken off the list. */
export const close_session = command({
  name: 'forum.close_session',
  input: key,
  async run(ctx, { id }) {
    await openToLead(ctx, id, 'lead_session', ['open']);
    const { speaking, waiting } = speakingList(await turnsOf(ctx, id));
    if (speaking) await changeTurn(ctx, speaking.id, { ended_at: ctx.now });
    for (const turn of waiting) await changeTurn(ctx, turn.id, { left_at: ctx.now });
    await changeSession(ctx, id, { closed_at: ctx.now });
    record(ctx, 'forum_session.closed', { kind: 'forum_session', id });
    return { id };
  },
});

export const cancel_session = command({
  name: 'forum.cancel_session',
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(1000) }),
  async run(ctx, { id, reason }) {
    await openToLead(ctx, id, 'write_session', ['coming']);
    await changeSession(ctx, id, { cancelled_at: ctx.now, cancelled_reason: reason });
    record(ctx, 'forum_session.cancelled', { kind: 'forum_session', id });
    return { id };
  },
});

/** Whoever speaks ends, and the next who waits begins; nobody is passed over. */
export const call_next = command({
  name: 'forum.call_next',
  input: key,
  async run(ctx, { id }) {
    await openToLead(ctx, id, 'lead_session', ['open']);
    const { speaking, waiting } = speakingList(await turnsOf(ctx, id));
    if (speaking) await changeTurn(ctx, speaking.id, { ended_at: ctx.now });
    const next = waiting[0] ?? null;
    if (next) await changeTurn(ctx, next.id, { started_at: ctx.now });
    record(ctx, 'speaker.called', { kind: 'forum_session', id }, { turn_id: next?.id ?? null });
    return { turn_id: next?.id ?? null, number: next?.number ?? null };
  },
});
