import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { refuse } from '#platform/refusal.ts';
import { sittingFor } from '../find.ts';
import { arrive, changeMeeting, leave } from '../meeting.store.ts';
import { opensAt } from '../meeting.ts';
import { motionsIn } from '../motion.store.ts';
import { votersIn } from '../roll.ts';
import { reaches } from '../vote.ts';

/**
 * The meeting is opened by somebody who chairs it, with those who are in the room. Without a quorum it is not opened;
 * the rules it is held by are kept with it.
 */
export const open_meeting = command({
  name: 'council.open_meeting',
  input: z.object({ id: z.uuid(), chair_id: z.uuid(), present_ids: z.array(z.uuid()).max(300) }),
  async run(ctx, { id, chair_id, present_ids }) {
    const { meeting, rules } = await sittingFor(ctx, id, 'lead_meeting', ['called']);
    if (ctx.now < opensAt(meeting)) refuse('opened_too_early');
    const members = await votersIn(ctx, meeting.organisation_id, rules);
    const present = [...new Set([...present_ids, chair_id])];
    if (present.some((one) => !members.includes(one))) refuse('members_only', {}, { field: 'present_ids' });
    if (!reaches(present.length, members.length, rules.quorum))
      refuse('no_quorum', { present: present.length, members: members.length }, { field: 'present_ids' });
    await changeMeeting(ctx, id, { opened_at: ctx.now, rules, chair_id });
    for (const person_id of present) await arrive(ctx, id, person_id);
    const counts = { members: members.length, present: present.length };
    record(ctx, 'meeting.opened', { kind: 'meeting', id }, { ...counts, chair_id, present_ids: present });
    return { id, ...counts };
  },
});

/** A member comes in late, goes early, or comes back. Whoever is not in the room neither votes nor counts. */
export const record_attendance = command({
  name: 'council.record_attendance',
  input: z.object({ meeting_id: z.uuid(), person_id: z.uuid(), is_present: z.boolean() }),
  async run(ctx, { meeting_id, person_id, is_present }) {
    const { meeting, rules } = await sittingFor(ctx, meeting_id, 'lead_meeting', ['open']);
    const members = await votersIn(ctx, meeting.organisation_id, rules);
    if (is_present && !members.includes(person_id)) refuse('members_only', {}, { field: 'person_id' });
    const changed = is_present
      ? await arrive(ctx, meeting_id, person_id)
      : (await leave(ctx, meeting_id, person_id)) > 0;
    if (changed) record(ctx, 'meeting.attended', { kind: 'meeting', id: meeting_id }, { person_id, is_present });
    return { meeting_id };
  },
});

/** The meeting ends when no vote is open any more; everybody leaves. What was not decided stays undecided. */
export const close_meeting = command({
  name: 'council.close_meeting',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    await sittingFor(ctx, id, 'lead_meeting', ['open']);
    if ((await motionsIn(ctx, id)).some((motion) => motion.state === 'voting')) refuse('vote_open');
    await leave(ctx, id);
    await changeMeeting(ctx, id, { closed_at: ctx.now });
    record(ctx, 'meeting.closed', { kind: 'meeting', id });
    return { id };
  },
});
