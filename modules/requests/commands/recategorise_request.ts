import { z } from 'zod';
import { command } from '#platform/command.ts';
import { refuse } from '#platform/refusal.ts';
import { calendarOf } from '../calendar.store.ts';
import { findCategory } from '../category.store.ts';
import { openRequest } from '../open_request.ts';
import { id, reason, requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';
import { routeRequest } from '../route_request.ts';
import { targetOf } from '../target.ts';

/**
 * Corrects the category. The clock keeps counting from when the need was told: the new category's target is applied to
 * that instant, and a promise already made stands when it is later. With `route` the rules choose the owner anew.
 */
export const recategorise_request = command({
  name: 'requests.recategorise_request',
  input: z.object({ ...requestKey, category_id: id, reason, route: z.boolean().default(true) }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'recategorise');
    if (request.category_id === input.category_id) refuse('same_category', {}, { field: 'category_id' });
    const [before, category] = [
      await findCategory(ctx, { id: request.category_id }),
      await findCategory(ctx, { id: input.category_id }),
    ];
    const target = targetOf(await calendarOf(ctx), category, request.submitted_at, request.pauses, ctx.now);
    const promised = request.state === 'promised' && request.due_at! > target.due_at ? request.due_at! : target.due_at;
    const routed = input.route ? await routeRequest(ctx, { ...request, category_id: category.id }) : undefined;
    const state = await takeStep(
      ctx,
      request,
      'recategorise',
      {
        category_id: category.id,
        ...(request.categorised_by && {
          categorised_by: JSON.stringify({ ...request.categorised_by, is_corrected: true }),
        }),
        ...(routed && { ...routed, routed_by: JSON.stringify(routed.routed_by) }),
        response_due_at: target.response_due_at,
        original_due_at: target.due_at,
        due_at: promised,
        is_public: request.is_public && !category.is_private,
      },
      { public_note: input.reason, data: { from_category: before.code, to_category: category.code } },
    );
    return {
      id: request.id,
      state,
      version: request.version,
      owner_id: request.owner_id,
      due_at: promised.toISOString(),
    };
  },
});
