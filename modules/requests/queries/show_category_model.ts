import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { countAutomatic, lastSwitch, listModels } from '../category_model.store.ts';
import { LEAST_DECIDED, PRECISION } from '../category_model.ts';

const SINCE_DAYS = 90;
const VERSIONS = 12;

/** How well the community's model does: on decisions it had not seen, version by version, and in use since. */
export const show_category_model = query({
  name: 'requests.show_category_model',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    if (!hasRole(ctx.actor, 'administrator')) notFound('category_model', ctx.community.id);
    const since = new Date(ctx.now.getTime() - SINCE_DAYS * 86_400_000);
    const [versions, in_use, last] = [
      await listModels(ctx, VERSIONS),
      await countAutomatic(ctx, since),
      await lastSwitch(ctx),
    ];
    return {
      versions,
      in_use,
      last_switch: last ?? null,
      is_on: last?.is_on ?? true,
      days: SINCE_DAYS,
      least_decided: LEAST_DECIDED,
      precision: PRECISION,
    };
  },
});
