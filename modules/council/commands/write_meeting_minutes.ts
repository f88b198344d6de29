import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { itemsOf } from '../agenda.store.ts';
import { sittingFor } from '../find.ts';
import { findEntry, insertEntry, insertEntryText } from '../minutes.store.ts';

const words = z.string().trim().min(1).max(4000).transform(maskPersonalData);
const texts = z.object({ 'zh-CN': words.optional(), en: words.optional() });

/** The secretary-general writes down what was said, in the language it was said in; the other may follow. */
export const write_meeting_minutes = command({
  name: 'council.write_meeting_minutes',
  input: z.object({ meeting_id: z.uuid(), agenda_item_id: z.uuid().optional(), texts }),
  async run(ctx, { meeting_id, agenda_item_id = null, texts }) {
    const { meeting } = await sittingFor(ctx, meeting_id, 'write_minutes', ['open', 'closed']);
    if (meeting.minutes_adopted_at) refuse('minutes_adopted');
    if (!texts['zh-CN'] && !texts.en) refuse('required', {}, { field: 'text_zh' });
    if (agenda_item_id && !(await itemsOf(ctx, meeting_id)).some((one) => one.id === agenda_item_id))
      notFound('agenda_item', agenda_item_id);
    const id = ctx.newId<'meeting_entry'>();
    await insertEntry(ctx, { id, meeting_id, kind: 'said', agenda_item_id, motion_id: null });
    await insertEntryText(ctx, id, 1, texts, null);
    record(ctx, 'minutes.written', { kind: 'meeting', id: meeting_id }, { entry_id: id });
    return { id };
  },
});

/**
 * An entry is corrected with a reason, or gets its other language; what stood before is kept and shown. Once adopted only
 * a missing language can be added: what was adopted stands.
 */
export const correct_meeting_minutes = command({
  name: 'council.correct_meeting_minutes',
  input: z.object({
    id: z.uuid(),
    expected_version: z.number().int().positive(),
    texts,
    reason: z.string().trim().max(400).transform(maskPersonalData).optional(),
  }),
  async run(ctx, { id, expected_version, texts, reason }) {
    const known = (await findEntry(ctx, id)) ?? notFound('meeting_entry', id);
    const { meeting } = await sittingFor(ctx, known.meeting_id, 'write_minutes', ['open', 'closed']);
    const entry = (await findEntry(ctx, id)) ?? notFound('meeting_entry', id);
    if (entry.version !== expected_version) refuse('stale', {}, { kind: 'meeting_entry', id });
    if (!texts['zh-CN'] && !texts.en) refuse('required', {}, { field: 'text_zh' });
    const changes = (['zh-CN', 'en'] as const).some((one) => entry.texts[one] && entry.texts[one] !== texts[one]);
    if (changes && meeting.minutes_adopted_at) refuse('minutes_adopted');
    if (changes && !reason) refuse('required', {}, { field: 'reason' });
    await insertEntryText(ctx, id, entry.version + 1, texts, reason ?? null);
    const told = { entry_id: id, version: entry.version + 1 };
    record(ctx, 'minutes.corrected', { kind: 'meeting', id: entry.meeting_id }, told);
    return { id, version: entry.version + 1 };
  },
});
