import { z } from 'zod';
import { command } from '#platform/command.ts';
import { searchVector } from '#platform/text_search.ts';
import { openRequest } from '../open_request.ts';
import { hidePhotos } from '../photo.store.ts';
import { reason, requestKey } from '../request.input.ts';
import { takeSearchableStep } from '../request.store.ts';

/** Takes something out of what the public sees, with the reason; what was written stays with those who handle it. */
export const redact_request = command({
  name: 'requests.redact_request',
  input: z.object({
    ...requestKey,
    public_text: z.string().trim().min(1).max(4000).optional(),
    is_public: z.boolean().optional(),
    hide_photos: z
      .array(z.string().regex(/^[0-9a-f]{64}$/))
      .max(20)
      .default([]),
    reason,
  }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'redact');
    await hidePhotos(ctx, request.id, input.hide_photos);
    const public_text = input.public_text ?? request.public_text;
    const is_public = input.is_public ?? request.is_public;
    const search = searchVector(`${public_text ?? ''} ${request.address_text ?? ''}`);
    const state = await takeSearchableStep(ctx, request, 'redact', { public_text, is_public }, search, {
      public_note: input.reason,
      data: { is_public, photos_hidden: input.hide_photos.length },
    });
    return { id: request.id, state, version: request.version };
  },
});
