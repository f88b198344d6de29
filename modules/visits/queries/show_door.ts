import { z } from 'zod';
import { mayLookAfter, membersOf } from '#modules/people/index.ts';
import { list_categories } from '#modules/requests/index.ts';
import { allows, demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { safetyNotesOf, wishesOf } from '../door.store.ts';
import { dueDoors } from '../due_doors.ts';
import { occasionsOf } from '../occasion.store.ts';
import { roundById } from '../round.store.ts';
import { doorRelations, visitPolicy } from '../visit.policy.ts';
import { doorById, filesOf, lastVisits, notesOf } from '../visit.store.ts';
import { traceDoors } from './list_due_doors.ts';

const PAST = 5;

/** All that somebody needs who stands before a door: who lives there (masked), why they knock, what was noted last time, what to ask. */
export const show_door = query({
  name: 'visits.show_door',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ household_id: z.uuid(), round_id: z.uuid().optional() }),
  async run(ctx, { household_id, round_id }) {
    const door = await doorById(ctx, household_id);
    const round = round_id ? await roundById(ctx, round_id) : undefined;
    const relations = doorRelations(ctx.actor, door, { round_worker_id: round?.worker_id });
    demand(visitPolicy, 'record', relations, { kind: 'household', id: household_id });
    await traceDoors(ctx, [household_id], 'people.reasons.visit', ['name_masked', 'doors', 'care', 'visits']);
    const [members, wishes, past] = [
      await membersOf(ctx, [household_id]),
      await wishesOf(ctx, [household_id]),
      await lastVisits(ctx, [household_id], PAST),
    ];
    const ids = past.map((visit) => visit.id);
    const [notes, files] = [await notesOf(ctx, ids), await filesOf(ctx, ids)];
    const visits = past.map((visit) => ({
      ...visit,
      note: notes.get(visit.id) ?? null,
      files: files.get(visit.id) ?? [],
    }));
    const [due] = await dueDoors(ctx, { household_id });
    return {
      ...door,
      members: members.map((one) => ({
        ...one,
        may_look_after: mayLookAfter(ctx.actor, one.person_id, [door.grid_id]),
      })),
      wish: wishes[0] ?? null,
      safety: await safetyNotesOf(ctx, [household_id]),
      may_note_safety: allows(visitPolicy, 'write_safety_note', relations),
      may_write_wish: allows(visitPolicy, 'record_wish', relations),
      may_hand_over: allows(visitPolicy, 'hand_over', relations),
      causes: due?.causes ?? [],
      visits,
      occasions: await occasionsOf(ctx),
      categories: (await list_categories.run(ctx, {})).map(({ code, names, is_private }) => ({
        code,
        names,
        is_private,
      })),
    };
  },
});
