import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { refuse } from '#platform/refusal.ts';
import { saveUpload } from '../upload.store.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A file of a visit has arrived whole, was refused for what it is, or has begun to arrive. */
export const write_upload = command({
  name: 'visits.write_upload',
  input: z.object({
    source_hash: hash,
    kind: z.enum(['photo', 'voice']),
    byte_count: z
      .number()
      .int()
      .min(1)
      .max(20 * 1024 * 1024),
    file_hash: hash.optional(),
    refused_as: z
      .string()
      .regex(/^[a-z_]{2,40}$/)
      .optional(),
  }),
  async run(ctx, input) {
    if (!isStaff(ctx.actor)) refuse('staff_only');
    await saveUpload(ctx, { ...input, file_hash: input.file_hash ?? null, refused_as: input.refused_as ?? null });
    return { source_hash: input.source_hash };
  },
});
