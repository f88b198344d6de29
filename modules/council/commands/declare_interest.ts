import { z } from 'zod';
import { sealOfWords } from '#modules/log/index.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { itemsOf } from '../agenda.store.ts';
import { sittingFor } from '../find.ts';
import { insertInterest, motionsIn } from '../motion.store.ts';
import { concerns, memberFor } from '../roll.ts';
import { voteEventsIn, votersOf } from '../vote.store.ts';

/**
 * A member says in public that an item or a motion touches an interest of theirs: from then on they neither vote on it nor
 * count in its quorum. It stands for good, and comes before the member has voted on it.
 */
export const declare_interest = command({
  name: 'council.declare_interest',
  input: z.object({
    meeting_id: z.uuid(),
    agenda_item_id: z.uuid(),
    motion_id: z.uuid().optional(),
    reason: z.string().trim().min(1).max(1000),
    person_id: z.uuid().optional(),
  }),
  async run(ctx, { meeting_id, agenda_item_id, motion_id = null, reason, person_id }) {
    const sitting = await sittingFor(ctx, meeting_id, 'declare', ['planned', 'called', 'open']);
    const member = await memberFor(ctx, sitting, person_id);
    if (!(await itemsOf(ctx, meeting_id)).some((one) => one.id === agenda_item_id))
      notFound('agenda_item', agenda_item_id);
    const motions = await motionsIn(ctx, meeting_id);
    if (motion_id && !motions.some((one) => one.id === motion_id && one.agenda_item_id === agenda_item_id))
      notFound('motion', motion_id);
    const touched = motions.filter((one) => concerns({ agenda_item_id, motion_id }, one)).map((one) => one.id);
    for (const event of await voteEventsIn(ctx, meeting_id))
      if (touched.includes(event.motion_id) && (await votersOf(ctx, event)).includes(member))
        refuse('member_voted_already');
    const id = ctx.newId<'declared_interest'>();
    const row = { id, meeting_id, agenda_item_id, motion_id, person_id: member, reason: maskPersonalData(reason) };
    await insertInterest(ctx, row);
    const told = { interest_id: id, agenda_item_id, motion_id, seal: sealOfWords(id, member, row.reason) };
    record(ctx, 'meeting.interest_declared', { kind: 'meeting', id: meeting_id }, told);
    return { id };
  },
});
