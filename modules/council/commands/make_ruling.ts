import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { itemsOf } from '../agenda.store.ts';
import { sittingFor } from '../find.ts';
import { insertEntry, insertEntryText } from '../minutes.store.ts';
import { motionsIn, stepMotion } from '../motion.store.ts';
import { motionAfter } from '../motion.ts';

const words = z.string().trim().min(1).max(2000).transform(maskPersonalData);

/** The chair rules on a point, with the reason: it stands in the minutes. A ruling may put a motion out of order. */
export const make_ruling = command({
  name: 'council.make_ruling',
  input: z.object({
    meeting_id: z.uuid(),
    agenda_item_id: z.uuid().optional(),
    motion_id: z.uuid().optional(),
    rules_out: z.boolean().default(false),
    texts: z.object({ 'zh-CN': words.optional(), en: words.optional() }),
  }),
  async run(ctx, { meeting_id, agenda_item_id = null, motion_id = null, rules_out, texts }) {
    await sittingFor(ctx, meeting_id, 'rule', ['open']);
    if (!texts['zh-CN'] && !texts.en) refuse('required', {}, { field: 'text' });
    const motions = await motionsIn(ctx, meeting_id);
    const motion = motion_id ? (motions.find((one) => one.id === motion_id) ?? notFound('motion', motion_id)) : null;
    if (agenda_item_id && !(await itemsOf(ctx, meeting_id)).some((one) => one.id === agenda_item_id))
      notFound('agenda_item', agenda_item_id);
    if (rules_out && !motion) refuse('required', {}, { field: 'motion_id' });
    if (rules_out)
      for (const one of motions.filter((one) => one.id === motion_id || one.amends_id === motion_id))
        if (one.id === motion_id || motionAfter(one.state, 'rule_out'))
          await stepMotion(ctx, one, 'rule_out', { decided_at: ctx.now });
    const id = ctx.newId<'meeting_entry'>();
    const about = motion?.agenda_item_id ?? agenda_item_id;
    await insertEntry(ctx, { id, meeting_id, kind: 'ruling', agenda_item_id: about, motion_id });
    await insertEntryText(ctx, id, 1, texts, null);
    record(ctx, 'meeting.ruled', { kind: 'meeting', id: meeting_id }, { entry_id: id, motion_id, rules_out });
    return { id };
  },
});
