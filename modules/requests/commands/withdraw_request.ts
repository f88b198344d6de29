import { z } from 'zod';
import { command } from '#platform/command.ts';
import { openRequest } from '../open_request.ts';
import { note, openKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';

/** The reporter no longer needs an answer. */
export const withdraw_request = command({
  name: 'requests.withdraw_request',
  input: z.object({ ...openKey, reason: note }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'withdraw');
    const changes = { closed_at: ctx.now, paused_at: null };
    const state = await takeStep(ctx, request, 'withdraw', changes, { private_note: input.reason });
    return { id: request.id, state, version: request.version };
  },
});
