import { z } from 'zod';
import { command } from '#platform/command.ts';
import { openRequest } from '../open_request.ts';
import { note, openKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';

/** The reporter says that it is settled, and how satisfied they are. */
export const confirm_request = command({
  name: 'requests.confirm_request',
  input: z.object({ ...openKey, stars: z.number().int().min(1).max(5).optional(), comment: note }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'confirm');
    const changes = input.stars ? { stars: input.stars } : {};
    const state = await takeStep(ctx, request, 'confirm', changes, {
      private_note: input.comment,
      data: { stars: input.stars ?? null },
    });
    return { id: request.id, state, version: request.version };
  },
});
