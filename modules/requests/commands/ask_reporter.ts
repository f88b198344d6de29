import { z } from 'zod';
import { command } from '#platform/command.ts';
import { openRequest } from '../open_request.ts';
import { longText, requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';

/** Asks the reporter something. The clock stands still until they reply. */
export const ask_reporter = command({
  name: 'requests.ask_reporter',
  input: z.object({ ...requestKey, question: longText }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'ask_reporter');
    const state = await takeStep(
      ctx,
      request,
      'ask_reporter',
      {
        paused_at: ctx.now,
        pauses: JSON.stringify([...request.pauses, { from: ctx.now.toISOString() }]),
        responded_at: request.responded_at ?? ctx.now,
      },
      { private_note: input.question },
    );
    return { id: request.id, state, version: request.version };
  },
});
