import { z } from 'zod';
import { sealOfWords } from '#modules/log/index.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { areOwnFiles } from '#platform/file.store.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { insertPaper, isPaper, itemsOf, papersOf, withdrawPaper } from '../agenda.store.ts';
import { sittingFor } from '../find.ts';

const MOST_PAPERS = 60;
const BEFORE_END = ['planned', 'called', 'open'] as const;

/** A paper for an item or the whole meeting: a text, or a file that the actor has uploaded. Papers are public. */
export const attach_paper = command({
  name: 'council.attach_paper',
  input: z.object({
    meeting_id: z.uuid(),
    agenda_item_id: z.uuid().optional(),
    title: z.string().trim().min(1).max(120),
    text: z.string().trim().min(1).max(20_000).optional(),
    file_hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  async run(ctx, { meeting_id, agenda_item_id = null, title, text, file_hash = null }) {
    await sittingFor(ctx, meeting_id, 'attach_paper', BEFORE_END);
    if ((text === undefined) === (file_hash === null)) refuse('required', {}, { field: 'text' });
    if (agenda_item_id && !(await itemsOf(ctx, meeting_id)).some((one) => one.id === agenda_item_id && !one.dropped_at))
      notFound('agenda_item', agenda_item_id);
    // Nobody makes public what somebody else has brought in, by knowing its hash.
    if (file_hash && !(await areOwnFiles(ctx, [file_hash])) && !(await isPaper(ctx, file_hash)))
      refuse('file_unknown', {}, { field: 'file' });
    if ((await papersOf(ctx, meeting_id)).length >= MOST_PAPERS) refuse('too_large', { limit: MOST_PAPERS });
    const id = ctx.newId<'meeting_paper'>();
    const masked = { title: maskPersonalData(title), text: text === undefined ? null : maskPersonalData(text) };
    await insertPaper(ctx, { id, meeting_id, agenda_item_id, ...masked, file_hash });
    const told = { paper_id: id, file_hash, agenda_item_id, seal: sealOfWords(id, masked.title, masked.text) };
    record(ctx, 'meeting.paper_attached', { kind: 'meeting', id: meeting_id }, told);
    return { id };
  },
});

export const withdraw_paper = command({
  name: 'council.withdraw_paper',
  input: z.object({ meeting_id: z.uuid(), id: z.uuid() }),
  async run(ctx, { meeting_id, id }) {
    await sittingFor(ctx, meeting_id, 'write_meeting', BEFORE_END);
    if (!(await withdrawPaper(ctx, meeting_id, id))) notFound('meeting_paper', id);
    record(ctx, 'meeting.paper_withdrawn', { kind: 'meeting', id: meeting_id }, { paper_id: id });
    return { id };
  },
});
