import { z } from 'zod';
import { command } from '#platform/command.ts';
import { openRequest } from '../open_request.ts';
import { longText, requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';

/** A remark among those who handle the request. */
export const note_request = command({
  name: 'requests.note_request',
  input: z.object({ ...requestKey, text: longText }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'note');
    const state = await takeStep(ctx, request, 'note', {}, { private_note: input.text });
    return { id: request.id, state, version: request.version };
  },
});
