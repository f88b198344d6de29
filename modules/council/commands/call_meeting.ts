import { z } from 'zod';
import { postsOf } from '#modules/groups/index.ts';
import { sealOfWords } from '#modules/log/index.ts';
import { clockIn, DAY_MS } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { notify } from '#platform/notify.ts';
import { refuse } from '#platform/refusal.ts';
import { itemsOf } from '../agenda.store.ts';
import { sittingFor } from '../find.ts';
import { changeMeeting } from '../meeting.store.ts';
import type { Meeting } from '../meeting.ts';

/** Everybody who holds a post in the council gets word, once for what it says. */
async function tellHolders(ctx: Ctx, meeting: Meeting, template: string): Promise<number> {
  const posts = await postsOf(ctx, meeting.organisation_id);
  const holders = new Set(posts.flatMap((post) => post.terms.map((term) => term.person_id)));
  holders.delete(ctx.actor.id);
  const at = clockIn(ctx.community.time_zone, meeting.starts_at).slice(0, 16).replace('T', ' ');
  const subject = { kind: 'meeting', id: meeting.id };
  for (const person_id of holders) await notify(ctx, { person_id, template, vars: { at }, subject }, meeting.id);
  return holders.size;
}

/** The members are called, with agenda and papers, as many days before as the rules say. */
export const call_meeting = command({
  name: 'council.call_meeting',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { meeting, rules } = await sittingFor(ctx, id, 'write_meeting', ['planned']);
    if ((await itemsOf(ctx, id)).every((item) => item.dropped_at)) refuse('agenda_empty');
    const notice = (meeting.starts_at.getTime() - ctx.now.getTime()) / DAY_MS;
    if (notice < rules.notice_days) refuse('called_too_late', { count: rules.notice_days });
    await changeMeeting(ctx, id, { called_at: ctx.now });
    const told = await tellHolders(ctx, meeting, 'meeting_called');
    record(ctx, 'meeting.called', { kind: 'meeting', id }, { starts_at: meeting.starts_at.toISOString(), told });
    return { id, told };
  },
});

/** A meeting that was planned or called will not be held; whoever was called gets word. */
export const cancel_meeting = command({
  name: 'council.cancel_meeting',
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(1000) }),
  async run(ctx, { id, reason }) {
    const { meeting } = await sittingFor(ctx, id, 'write_meeting', ['planned', 'called']);
    await changeMeeting(ctx, id, { cancelled_at: ctx.now, cancelled_reason: reason });
    if (meeting.called_at) await tellHolders(ctx, meeting, 'meeting_cancelled');
    record(ctx, 'meeting.cancelled', { kind: 'meeting', id }, { seal: sealOfWords(id, reason) });
    return { id };
  },
});
