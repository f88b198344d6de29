import type { Ctx } from '#platform/context.ts';
import { openRequest, type RequestKey } from './open_request.ts';
import { addPhotos } from './photo.store.ts';
import { takeStep } from './request.store.ts';
import { resumeClock } from './resume_clock.ts';

export type Answer = RequestKey & { text: string; private_note?: string; photos: string[] };

/** The three ways to answer (told, carried out, refused with reason) end the owner's debt the same way. */
export async function giveAnswer(ctx: Ctx, step: 'answer' | 'finish' | 'refuse', input: Answer) {
  const request = await openRequest(ctx, input, step);
  const changes = {
    ...(await resumeClock(ctx, request)),
    responded_at: request.responded_at ?? ctx.now,
    answered_at: ctx.now,
    closed_at: ctx.now,
  };
  const state = await takeStep(ctx, request, step, changes, {
    public_note: input.text,
    private_note: input.private_note,
  });
  await addPhotos(ctx, request.id, input.photos, 'after', request.is_public);
  return { id: request.id, state, version: request.version };
}
