import { z } from 'zod';
import type { PackedRouter } from '#engines/text_router/index.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { saveModel } from '../category_model.store.ts';
import { demandAdministrator } from './write_category.ts';

const share = z.number().min(0).max(1);

/** The next version of the model, with how well it did on decisions it had not seen. */
export const keep_category_model = command({
  name: 'requests.keep_category_model',
  input: z.object({
    model: z.custom<PackedRouter>((model) => typeof model === 'object' && model !== null),
    quality: z.object({
      decided: z.number().int(),
      held_out: z.number().int(),
      first_right: share,
      first_three_right: share,
      automatic_precision: share.nullable(),
      automatic_coverage: share,
      is_trusted: z.boolean(),
    }),
  }),
  async run(ctx, learnt) {
    demandAdministrator(ctx);
    const version = await saveModel(ctx, learnt);
    const id = idFrom(ctx.community.id, 'category_model', String(version));
    record(ctx, 'category_model.learnt', { kind: 'category_model', id }, { version, ...learnt.quality });
    return { version };
  },
});
