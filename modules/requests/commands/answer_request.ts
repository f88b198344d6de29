import { z } from 'zod';
import { command } from '#platform/command.ts';
import { giveAnswer } from '../give_answer.ts';
import { fileHashes, longText, note, requestKey } from '../request.input.ts';

/** Tells the reporter what there is to tell. Told is not done: the reporter confirms or reopens. */
export const answer_request = command({
  name: 'requests.answer_request',
  input: z.object({ ...requestKey, text: longText, private_note: note, photos: fileHashes }),
  run: (ctx, input) => giveAnswer(ctx, 'answer', input),
});
