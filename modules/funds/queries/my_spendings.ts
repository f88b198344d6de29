import { z } from 'zod';
import { query } from '#platform/query.ts';
import { spendingsBy } from '../spending.store.ts';

/** What the reader asked for, the latest first, and what became of it. */
export const my_spendings = query({
  name: 'funds.my_spendings',
  reads: 'own',
  input: z.object({ limit: z.number().int().min(1).max(100).default(10) }),
  async run(ctx, { limit }) {
    const rows = await spendingsBy(ctx, { requested_by_id: ctx.actor.id, limit }, false);
    return rows.map(({ id, purpose, amount_fen, state, requested_at }) => ({
      ...{ id, purpose, amount_fen, state, requested_at },
    }));
  },
});
