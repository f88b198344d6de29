import { z } from 'zod';
import { addDays, dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { endSafetyNote, insertSafetyNote, lockSafetyNote } from '../door.store.ts';
import { doorRelations, visitPolicy } from '../visit.policy.ts';
import { doorById } from '../visit.store.ts';

/** A note is looked at again after so long at the latest. */
export const LASTS_DAYS = 180;

/** Says why two should go to a door, until when; the words are sealed. */
export const write_safety_note = command({
  name: 'visits.write_safety_note',
  input: z.object({
    household_id: z.uuid(),
    note: z.string().trim().min(2).max(500),
    expires_on: z.iso.date().optional(),
  }),
  async run(ctx, { household_id, note, expires_on }) {
    const door = await doorById(ctx, household_id);
    demand(visitPolicy, 'write_safety_note', doorRelations(ctx.actor, door), { kind: 'household', id: household_id });
    const today = dateIn(ctx.community.time_zone, ctx.now);
    const last = addDays(today, LASTS_DAYS);
    if (expires_on && expires_on <= today) refuse('date_past', {}, { field: 'expires_on' });
    if (expires_on && expires_on > last) refuse('date_too_far', { days: LASTS_DAYS }, { field: 'expires_on' });
    const id = ctx.newId<'safety_note'>();
    await insertSafetyNote(ctx, { id, household_id, note, expires_on: expires_on ?? last });
    record(ctx, 'household.safety_noted', { kind: 'household', id: household_id });
    return { id };
  },
});

/** One may go alone again. */
export const end_safety_note = command({
  name: 'visits.end_safety_note',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const note = await lockSafetyNote(ctx, id);
    const door = await doorById(ctx, note.household_id);
    demand(visitPolicy, 'write_safety_note', doorRelations(ctx.actor, door), { kind: 'safety_note', id });
    await endSafetyNote(ctx, id);
    record(ctx, 'household.safety_note_ended', { kind: 'household', id: note.household_id });
    return { id };
  },
});
