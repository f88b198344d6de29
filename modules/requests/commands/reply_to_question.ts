import { z } from 'zod';
import { command } from '#platform/command.ts';
import { openRequest } from '../open_request.ts';
import { addPhotos } from '../photo.store.ts';
import { fileHashes, longText, openKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';
import { resumeClock } from '../resume_clock.ts';

/** The reporter (or staff who spoke with them) replies; the clock runs again with what was left. */
export const reply_to_question = command({
  name: 'requests.reply_to_question',
  input: z.object({ ...openKey, text: longText, photos: fileHashes }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'reply');
    const changes = await resumeClock(ctx, request);
    const state = await takeStep(ctx, request, 'reply', changes, { private_note: input.text });
    await addPhotos(ctx, request.id, input.photos, 'before', false);
    return { id: request.id, state, version: request.version, due_at: request.due_at!.toISOString() };
  },
});
