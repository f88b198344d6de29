import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { saveSwitch } from '../category_model.store.ts';
import { reason } from '../request.input.ts';
import { demandAdministrator } from './write_category.ts';

/** An administrator lets categories be chosen without a person, or no longer. What was chosen before stays. */
export const switch_automatic_category = command({
  name: 'requests.switch_automatic_category',
  input: z.object({ is_on: z.boolean(), reason }),
  async run(ctx, input) {
    demandAdministrator(ctx);
    await saveSwitch(ctx, input.is_on, input.reason);
    const id = idFrom(ctx.community.id, 'automatic_category');
    record(ctx, 'automatic_category.switched', { kind: 'automatic_category', id }, { is_on: input.is_on });
    return { is_on: input.is_on };
  },
});
