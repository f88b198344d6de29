import { z } from 'zod';
import { command } from '#platform/command.ts';
import { giveAnswer } from '../give_answer.ts';
import { fileHashes, longText, note, requestKey } from '../request.input.ts';

/** Says no, with the reason. The reporter can still say that it does not stand. */
export const refuse_request = command({
  name: 'requests.refuse_request',
  input: z.object({ ...requestKey, text: longText, private_note: note, photos: fileHashes }),
  run: (ctx, input) => giveAnswer(ctx, 'refuse', input),
});
