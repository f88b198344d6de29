import { z } from 'zod';
import { submit_request } from '#modules/requests/index.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { link, record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { letterPolicy } from '../letter.policy.ts';
import { lockLetter, markDelivered, newestLetterOf } from '../letter.store.ts';
import { insertReply, lockReply, writeAnswer, writeReplyText } from '../reply.store.ts';

const letterOrDoor = {
  letter_id: z.uuid().optional(),
  /** The newest printed letter of a household: a knock says at which door, not which letter. */
  household_id: z.uuid().optional(),
};

/** A letter reached its door: handed over at a knock, or put into the letterbox. Told twice it stays as it was. */
export const deliver_letter = command({
  name: 'letters.deliver_letter',
  input: z.object({
    ...letterOrDoor,
    how: z.enum(['at_knock', 'in_letterbox']).default('at_knock'),
    delivered_by_id: z.uuid().optional(),
  }),
  async run(ctx, { letter_id = '', household_id, how, delivered_by_id }) {
    const relations = generalRelations(ctx.actor);
    demand(letterPolicy, 'deliver', relations, { kind: 'letter', id: letter_id });
    const letter = household_id ? await newestLetterOf(ctx, household_id) : await lockLetter(ctx, letter_id);
    if (!letter) notFound('letter', letter_id);
    if (!letter.expires_at) refuse('not_printed');
    if (letter.delivered_at) return { id: letter.id };
    const by_id = relations.has('system') ? (delivered_by_id ?? ctx.actor.id) : ctx.actor.id;
    await markDelivered(ctx, letter.id, how, by_id);
    record(ctx, 'letter.delivered', { kind: 'letter', id: letter.id }, { how });
    return { id: letter.id };
  },
});

/** Somebody wrote back: on paper that staff type in, now or (from a knock) later. The words are sealed. */
export const record_reply = command({
  name: 'letters.record_reply',
  input: z.object({
    ...letterOrDoor,
    visit_id: z.uuid().optional(),
    text: z.string().trim().max(4000).optional(),
  }),
  async run(ctx, { letter_id = '', household_id, visit_id = null, text = '' }) {
    demand(letterPolicy, 'record_reply', generalRelations(ctx.actor), { kind: 'letter', id: letter_id });
    const letter = household_id ? await newestLetterOf(ctx, household_id) : await lockLetter(ctx, letter_id);
    if (!letter) notFound('letter', letter_id);
    if (!text && !visit_id) refuse('required', {}, { field: 'text' });
    const id = ctx.newId<'letter_reply'>();
    await insertReply(ctx, { id, letter_id: letter.id, visit_id, text: text || null });
    record(ctx, 'letter_reply.recorded', { kind: 'letter_reply', id }, { letter_id: letter.id });
    return { id };
  },
});

/** Types in what stands on a reply that a knock brought back. */
export const type_in_reply = command({
  name: 'letters.type_in_reply',
  input: z.object({ id: z.uuid(), text: z.string().trim().min(1).max(4000) }),
  async run(ctx, { id, text }) {
    demand(letterPolicy, 'record_reply', generalRelations(ctx.actor), { kind: 'letter_reply', id });
    const reply = (await lockReply(ctx, id)) ?? notFound('letter_reply', id);
    if (reply.text) refuse('typed_already');
    await writeReplyText(ctx, id, text);
    return { id };
  },
});

/** Answers a reply; where it asks for something it becomes a request in the same transaction, which carries it on from there. */
export const answer_reply = command({
  name: 'letters.answer_reply',
  input: z.object({
    id: z.uuid(),
    answer: z.string().trim().min(1).max(2000),
    become_request: z.boolean().default(false),
  }),
  async run(ctx, { id, answer, become_request }) {
    demand(letterPolicy, 'answer_reply', generalRelations(ctx.actor), { kind: 'letter_reply', id });
    const reply = (await lockReply(ctx, id)) ?? notFound('letter_reply', id);
    if (reply.answered_at) refuse('answered_already');
    if (!reply.text) refuse('type_in_first');
    const request = become_request ? await becomeRequest(ctx, id, reply.household_id, reply.text) : null;
    await writeAnswer(ctx, id, answer, request?.id ?? null);
    record(ctx, 'letter_reply.answered', { kind: 'letter_reply', id }, { became_request: become_request });
    return { id, request_number: request?.number ?? null };
  },
});

async function becomeRequest(ctx: Ctx, reply_id: string, household_id: string, text: string) {
  const wish = { kind: 'need', intake: 'visit', text, wants_public: false, place: { household_id } };
  const request = await submit_request.run(ctx, submit_request.input.parse(wish));
  await link(ctx, { kind: 'letter_reply', id: reply_id }, 'became', { kind: 'request', id: request.id });
  return request;
}
