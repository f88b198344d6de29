import { z } from 'zod';
import { command } from '#platform/command.ts';
import { refuse } from '#platform/refusal.ts';
import { openRequest } from '../open_request.ts';
import { requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';
import { SILENCE_CLOSES_AFTER_DAYS } from '../request.ts';

/** Nobody has said a word since the answer: closed, and counted apart from what was confirmed. */
export const close_without_word = command({
  name: 'requests.close_without_word',
  input: z.object(requestKey),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'close_without_word');
    const silent_ms = ctx.now.getTime() - (request.answered_at?.getTime() ?? ctx.now.getTime());
    if (silent_ms < SILENCE_CLOSES_AFTER_DAYS * 86_400_000)
      refuse('too_early', {}, { kind: 'request', id: request.id });
    const state = await takeStep(ctx, request, 'close_without_word');
    return { id: request.id, state };
  },
});
