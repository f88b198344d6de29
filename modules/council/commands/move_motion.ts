import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { sha256 } from '#platform/crypto.ts';
import { link, record } from '#platform/event.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { itemsOf } from '../agenda.store.ts';
import { sealOfMotion } from '../council_history.ts';
import { motionFor, sittingFor } from '../find.ts';
import { insertMotion, insertText, type NewMotion, textsOf } from '../motion.store.ts';
import { BALLOTS, isUndecided } from '../motion.ts';
import { memberFor } from '../roll.ts';

const title = z.string().trim().min(2).max(80);
const text = z.string().trim().min(1).max(6000);
const kind = { majority: z.string().max(40).default('simple'), ballot: z.enum(BALLOTS).default('open') };
/** Written down by the secretary-general for a member who said it in the room. */
const person_id = z.uuid().optional();

/** A member moves something under an item; the need or topic it grew from is linked. */
export const move_motion = command({
  name: 'council.move_motion',
  input: z.object({
    /** Made by a sender who has to name it before. */
    id: z.uuid().optional(),
    meeting_id: z.uuid(),
    agenda_item_id: z.uuid(),
    ...{ title, text, ...kind, person_id },
    /** What it grew from. The sender has made sure that everybody may read it. */
    from: z.object({ kind: z.enum(['topic', 'request']), id: z.uuid() }).optional(),
  }),
  async run(ctx, { id: named, meeting_id, agenda_item_id, from, person_id, text, ...words }) {
    const sitting = await sittingFor(ctx, meeting_id, 'move', ['planned', 'called', 'open']);
    const item = (await itemsOf(ctx, meeting_id)).find((one) => one.id === agenda_item_id && !one.dropped_at);
    if (!item) refuse('agenda_item_unknown', {}, { field: 'agenda_item_id' });
    if (!(words.majority in sitting.rules.majorities)) refuse('invalid_choice', {}, { field: 'majority' });
    const moved_by_id = await memberFor(ctx, sitting, person_id);
    const id = named ?? ctx.newId<'motion'>();
    const state = sitting.rules.needs_second ? ('moved' as const) : ('seconded' as const);
    const motion = { id, meeting_id, agenda_item_id, ...words, moved_by_id, state };
    const number = await write(ctx, { ...motion, amends_id: null, amends_version: null }, text, { from: from ?? null });
    if (from) await link(ctx, from, 'became_motion', { kind: 'motion', id });
    return { id, meeting_id, number };
  },
});

/** An amendment says what the whole text would be. It is voted on before the motion, and only while the text is the same. */
export const move_amendment = command({
  name: 'council.move_amendment',
  input: z.object({ motion_id: z.uuid(), title, text, person_id }),
  async run(ctx, { motion_id, title, text, person_id }) {
    const sitting = await motionFor(ctx, motion_id, 'move', ['planned', 'called', 'open']);
    const { motion, rules } = sitting;
    if (motion.amends_id) refuse('amends_amendment');
    if (!isUndecided(motion.state) || motion.state === 'voting') refuse('motion_step_impossible');
    const moved_by_id = await memberFor(ctx, sitting, person_id);
    const [stands] = await textsOf(ctx, motion_id);
    if (!stands) notFound('motion', motion_id);
    if (maskPersonalData(text) === stands.text) refuse('amends_nothing', {}, { field: 'text' });
    const id = ctx.newId<'motion'>();
    const { meeting_id, agenda_item_id, ballot } = motion;
    const state = rules.needs_second ? ('moved' as const) : ('seconded' as const);
    const amends = { majority: 'simple', amends_id: motion_id, amends_version: stands.version };
    const amendment = { id, meeting_id, agenda_item_id, ballot, title, moved_by_id, state, ...amends };
    const number = await write(ctx, amendment, text, { amends_id: motion_id, amends_version: stands.version });
    return { id, meeting_id, number };
  },
});

/** Writes a motion with its first text and says so; what people wrote stands in the log as hashes. */
async function write(ctx: Ctx, moved: NewMotion, words: string, from: Record<string, unknown>): Promise<number> {
  const [motion, text] = [{ ...moved, title: maskPersonalData(moved.title) }, maskPersonalData(words)];
  const number = await insertMotion(ctx, motion);
  const { id: motion_id, meeting_id, agenda_item_id, majority, ballot, state } = motion;
  await insertText(ctx, { motion_id, version: 1, text, amendment_id: null });
  const seals = { seal: sealOfMotion(motion), text_sha256: sha256(text).toString('hex') };
  const facts = { motion_id, number, agenda_item_id, majority, ballot, state, ...from, ...seals };
  record(ctx, 'motion.moved', { kind: 'meeting', id: meeting_id }, facts);
  return number;
}
