import { z } from 'zod';
import { command } from '#platform/command.ts';
import { calendarOf } from '../calendar.store.ts';
import { findCategory } from '../category.store.ts';
import { openRequest } from '../open_request.ts';
import { requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';
import { targetOf } from '../target.ts';

/** The calendar changed: the due date is counted anew from when the running answer began to be owed. Promises stand, and what was resolved. */
export const recompute_due = command({
  name: 'requests.recompute_due',
  input: z.object({ ...requestKey, owed_since: z.coerce.date() }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'recompute');
    const category = await findCategory(ctx, { id: request.category_id });
    const target = targetOf(await calendarOf(ctx), category, input.owed_since, request.pauses, ctx.now);
    const before = request.due_at!;
    const isResolved = request.routed_by.owner_kind === 'resolution';
    if (isResolved) target.due_at = request.original_due_at;
    const due_at = request.state === 'promised' || isResolved ? before : target.due_at;
    if (due_at.getTime() === before.getTime() && request.original_due_at.getTime() === target.due_at.getTime()) {
      return { id: request.id, number: request.number, changed: false };
    }
    await takeStep(
      ctx,
      request,
      'recompute',
      { due_at, original_due_at: target.due_at, response_due_at: target.response_due_at, escalation: 0 },
      { data: { from_due_at: before, to_due_at: due_at } },
    );
    return { id: request.id, number: request.number, changed: true };
  },
});
