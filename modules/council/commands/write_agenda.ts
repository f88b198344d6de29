import { z } from 'zod';
import { sealOfWords } from '#modules/log/index.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { type AgendaItem, changeItem, insertItem, itemsOf, swapItems } from '../agenda.store.ts';
import { sittingFor } from '../find.ts';
import { motionsIn } from '../motion.store.ts';
import { isUndecided } from '../motion.ts';

const title = z.string().trim().min(1).max(120);
const MOST_ITEMS = 40;
const BEFORE_END = ['planned', 'called', 'open'] as const;

const standing = (items: readonly AgendaItem[]) => items.filter((item) => !item.dropped_at);
const afterLast = (items: readonly AgendaItem[]) => Math.max(0, ...items.map((item) => item.position)) + 1;

/** An item is put at the end of the agenda. */
export const add_agenda_item = command({
  name: 'council.add_agenda_item',
  input: z.object({ meeting_id: z.uuid(), titles: z.object({ 'zh-CN': title, en: title }) }),
  async run(ctx, { meeting_id, titles }) {
    await sittingFor(ctx, meeting_id, 'write_meeting', BEFORE_END);
    const items = standing(await itemsOf(ctx, meeting_id));
    if (items.length >= MOST_ITEMS) refuse('too_large', { limit: MOST_ITEMS }, { field: 'titles' });
    const id = ctx.newId<'agenda_item'>();
    const position = afterLast(items);
    await insertItem(ctx, { id, meeting_id, titles, position });
    const told = {
      agenda_item_id: id,
      seal: sealOfWords(id, titles['zh-CN'], titles.en),
      positions: { [id]: position },
    };
    record(ctx, 'meeting.agenda_changed', { kind: 'meeting', id: meeting_id }, told);
    return { id };
  },
});

/** An item changes places with the one before it. */
export const raise_agenda_item = command({
  name: 'council.raise_agenda_item',
  input: z.object({ meeting_id: z.uuid(), id: z.uuid() }),
  async run(ctx, { meeting_id, id }) {
    await sittingFor(ctx, meeting_id, 'write_meeting', BEFORE_END);
    const items = standing(await itemsOf(ctx, meeting_id));
    const at = items.findIndex((item) => item.id === id);
    if (at < 0) notFound('agenda_item', id);
    if (at === 0) return { id };
    const [one, other] = [items[at]!, items[at - 1]!];
    await swapItems(ctx, one, other, afterLast(items));
    const positions = { [one.id]: other.position, [other.id]: one.position };
    record(ctx, 'meeting.agenda_changed', { kind: 'meeting', id: meeting_id }, { agenda_item_id: id, positions });
    return { id };
  },
});

/** An item is taken off, with the reason; one with an undecided motion stays. */
export const drop_agenda_item = command({
  name: 'council.drop_agenda_item',
  input: z.object({ meeting_id: z.uuid(), id: z.uuid(), reason: z.string().trim().min(1).max(1000) }),
  async run(ctx, { meeting_id, id, reason }) {
    await sittingFor(ctx, meeting_id, 'write_meeting', BEFORE_END);
    const item = standing(await itemsOf(ctx, meeting_id)).find((one) => one.id === id) ?? notFound('agenda_item', id);
    const motions = await motionsIn(ctx, meeting_id);
    if (motions.some((motion) => motion.agenda_item_id === id && isUndecided(motion.state))) refuse('item_has_motions');
    await changeItem(ctx, item.id, { dropped_at: ctx.now, dropped_reason: reason });
    const told = { agenda_item_id: id, is_dropped: true, dropped_seal: sealOfWords(id, reason) };
    record(ctx, 'meeting.agenda_changed', { kind: 'meeting', id: meeting_id }, told);
    return { id };
  },
});
