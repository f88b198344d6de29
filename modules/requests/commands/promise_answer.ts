import { z } from 'zod';
import { command } from '#platform/command.ts';
import { refuse } from '#platform/refusal.ts';
import { openRequest } from '../open_request.ts';
import { reason, requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';

const FURTHEST_DAYS = 400;

/** More time is needed: a new date with a reason. Measures still count by the date first owed. */
export const promise_answer = command({
  name: 'requests.promise_answer',
  input: z.object({ ...requestKey, due_at: z.coerce.date(), reason }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'promise');
    if (input.due_at <= ctx.now) refuse('date_past', {}, { field: 'due_at' });
    if (input.due_at.getTime() - ctx.now.getTime() > FURTHEST_DAYS * 86_400_000) {
      refuse('date_too_far', { days: FURTHEST_DAYS }, { field: 'due_at' });
    }
    const state = await takeStep(
      ctx,
      request,
      'promise',
      { due_at: input.due_at, responded_at: request.responded_at ?? ctx.now, escalation: 0 },
      { public_note: input.reason, data: { from_due_at: request.due_at, to_due_at: input.due_at } },
    );
    return { id: request.id, state, version: request.version, due_at: input.due_at.toISOString() };
  },
});
