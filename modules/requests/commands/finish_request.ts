import { z } from 'zod';
import { command } from '#platform/command.ts';
import { giveAnswer } from '../give_answer.ts';
import { fileHashes, longText, note, requestKey } from '../request.input.ts';

/** Says that what was asked for has been carried out, with photos where they help. */
export const finish_request = command({
  name: 'requests.finish_request',
  input: z.object({ ...requestKey, text: longText, private_note: note, photos: fileHashes }),
  run: (ctx, input) => giveAnswer(ctx, 'finish', input),
});
