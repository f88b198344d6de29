import { z } from 'zod';
import { command } from '#platform/command.ts';
import { link } from '#platform/event.ts';
import { findCategory } from '../category.store.ts';
import { copyFollowers } from '../follower.store.ts';
import { openRequest } from '../open_request.ts';
import { id, longText, reason, requestKey } from '../request.input.ts';
import { type RequestRow, takeStep } from '../request.store.ts';
import { writeRequest } from '../write_request.ts';

/** One telling held several needs: each becomes a request of its own, with its own owner and the clock of the whole. */
export const split_request = command({
  name: 'requests.split_request',
  input: z.object({
    ...requestKey,
    parts: z
      .array(z.object({ text: longText, category_id: id }))
      .min(2)
      .max(6),
    reason,
  }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'split_up');
    const written: { id: string; number: number; owner_id: string }[] = [];
    for (const part of input.parts) {
      const category = await findCategory(ctx, { id: part.category_id });
      const partId = ctx.newId<'request'>();
      const { number, owner_id } = await writeRequest(ctx, partId, {
        ...request,
        category,
        text: part.text,
        public_text: undefined,
        is_public: request.is_public && !category.is_private,
        details: {},
        place: placeOf(request),
        split_from_id: request.id,
      });
      await copyFollowers(ctx, request.id, partId);
      await link(ctx, { kind: 'request', id: request.id }, 'split_into', { kind: 'request', id: partId });
      written.push({ id: partId, number, owner_id });
    }
    const changes = { closed_at: ctx.now, paused_at: null };
    await takeStep(ctx, request, 'split_up', changes, {
      public_note: input.reason,
      data: { into: written.map((part) => part.id) },
    });
    return { id: request.id, parts: written };
  },
});

function placeOf({ latitude, longitude, grid_id, building_id, household_id, address_text }: RequestRow) {
  return { latitude, longitude, grid_id, building_id, household_id, address_text };
}
