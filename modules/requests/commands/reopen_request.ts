import { z } from 'zod';
import { command } from '#platform/command.ts';
import { refuse } from '#platform/refusal.ts';
import { calendarOf } from '../calendar.store.ts';
import { findCategory } from '../category.store.ts';
import { openRequest } from '../open_request.ts';
import { addPhotos } from '../photo.store.ts';
import { fileHashes, openKey, reason } from '../request.input.ts';
import { takeStep } from '../request.store.ts';
import { REOPEN_WITHIN_DAYS } from '../request.ts';
import { targetOf } from '../target.ts';

/** “Not fixed”: reaches the owner, with a new due date counted from now. */
export const reopen_request = command({
  name: 'requests.reopen_request',
  input: z.object({ ...openKey, reason, photos: fileHashes }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'reopen');
    const since = request.closed_at ? ctx.now.getTime() - request.closed_at.getTime() : 0;
    if (since > REOPEN_WITHIN_DAYS * 86_400_000)
      refuse('reopen_too_late', { days: REOPEN_WITHIN_DAYS }, { kind: 'request', id: request.id });
    const category = await findCategory(ctx, { id: request.category_id });
    const target = targetOf(await calendarOf(ctx), category, ctx.now, [], ctx.now);
    const changes = {
      ...target,
      original_due_at: target.due_at,
      pauses: JSON.stringify([]),
      responded_at: null,
      answered_at: null,
      closed_at: null,
      stars: null,
      escalation: 0,
      reopened_count: request.reopened_count + 1,
    };
    const state = await takeStep(ctx, request, 'reopen', changes, {
      private_note: input.reason,
      data: { count: changes.reopened_count },
    });
    await addPhotos(ctx, request.id, input.photos, 'before', false);
    return { id: request.id, state, version: request.version, due_at: target.due_at.toISOString() };
  },
});
