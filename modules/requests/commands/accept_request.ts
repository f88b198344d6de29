import { z } from 'zod';
import { command } from '#platform/command.ts';
import { findCategory } from '../category.store.ts';
import { openRequest } from '../open_request.ts';
import { note, requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';

/** The owner takes the request on; a visitor's wish to have it public is granted with it. */
export const accept_request = command({
  name: 'requests.accept_request',
  input: z.object({ ...requestKey, public_note: note }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'accept');
    const category = await findCategory(ctx, { id: request.category_id });
    const changes = {
      responded_at: request.responded_at ?? ctx.now,
      is_public: request.is_public || (request.wants_public && !category.is_private),
    };
    const state = await takeStep(ctx, request, 'accept', changes, { public_note: input.public_note });
    return { id: request.id, state, version: request.version };
  },
});
