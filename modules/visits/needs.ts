import { z } from 'zod';
import { finish_request, promise_answer, submit_request } from '#modules/requests/index.ts';
import { endOfDay } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { link } from '#platform/event.ts';
import { insertNeed } from './visit.store.ts';
import { SETTLED } from './visit.ts';

/** Something raised at a door. Its id is made on the phone, so that the phone can name it before there is a signal. */
export const raised = z.object({
  id: z.uuid(),
  kind: z.enum(['need', 'idea']).default('need'),
  /** Left out when nobody at the door knows: the words say it, or the desk. */
  category: z
    .string()
    .regex(/^[a-z0-9_]{2,60}$/)
    .optional(),
  text: z.string().trim().min(1).max(4000),
  wants_public: z.boolean().default(false),
  settled: z.enum(SETTLED).default('passed_on'),
  /** What was done on the spot, or what was promised. */
  words: z.string().trim().max(1000).optional(),
  promised_on: z.iso.date().optional(),
  /** The member of the household who said it, where they want word. */
  told_by_id: z.uuid().optional(),
});
export type Raised = z.infer<typeof raised>;

/**
 * Makes a request of what was raised, in the same transaction as the visit: settled on the spot, promised by its recorder
 * for a day, or passed on by the rules. Its clock runs from when it was heard. A promised day that has passed before the
 * phone had a signal stays written on the visit, and the request keeps the date its category owes.
 */
export async function raise(
  ctx: Ctx,
  visit: { id: string; household_id: string; knocked_at: Date },
  need: Raised,
): Promise<{ id: string; number: number }> {
  const actor = need.told_by_id ? { ...ctx.actor, on_behalf_of_id: need.told_by_id } : ctx.actor;
  const keep = need.settled !== 'passed_on';
  const input = submit_request.input.parse({
    ...{ id: need.id, kind: need.kind, text: need.text, wants_public: need.wants_public, keep },
    intake: 'visit',
    category: need.category ? { code: need.category } : undefined,
    heard_at: visit.knocked_at,
    place: { household_id: visit.household_id },
  });
  const { number } = await submit_request.run({ ...ctx, actor }, input);
  if (need.settled === 'on_the_spot') {
    await finish_request.run(ctx, finish_request.input.parse({ id: need.id, text: need.words || need.text }));
  }
  if (need.settled === 'promised') await promise(ctx, need);
  await insertNeed(ctx, {
    ...{ visit_id: visit.id, request_id: need.id, kind: need.kind, settled: need.settled },
    promised_on: need.promised_on ?? null,
  });
  await link(ctx, { kind: 'visit', id: visit.id }, 'raised', { kind: 'request', id: need.id });
  return { id: need.id, number };
}

async function promise(ctx: Ctx, need: Raised): Promise<void> {
  const due_at = endOfDay(ctx.community.time_zone, need.promised_on!);
  if (due_at <= ctx.now) return;
  await promise_answer.run(ctx, { id: need.id, due_at, reason: need.words || need.text.slice(0, 1000) });
}
