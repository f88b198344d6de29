import { z } from 'zod';
import { query } from '#platform/query.ts';
import { accountsBy } from '../account.store.ts';
import { availableOf, balanceOf, isRestricted } from '../account.ts';

/** The budget lines of a fund, in the order they were opened, a page at a time: what was given to each and what is left. */
export const list_budget_lines = query({
  name: 'funds.list_budget_lines',
  reads: 'nobody',
  input: z.object({
    fund_id: z.uuid().optional(),
    project_id: z.uuid().optional(),
    after: z.uuid().optional(),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  async run(ctx, { limit, ...by }) {
    const rows = await accountsBy(ctx, { ...by, kind: 'budget_line', limit: limit + 1 });
    const page = rows.slice(0, limit);
    return {
      lines: page.map((line) => ({
        ...{
          id: line.id,
          names: line.names,
          fund_id: line.fund_id,
          project_id: line.project_id,
          closed_at: line.closed_at,
          is_restricted: isRestricted(line),
        },
        ...{ given_fen: line.credits_posted_fen, balance_fen: balanceOf(line), available_fen: availableOf(line) },
      })),
      next: rows.length > limit ? page.at(-1)!.id : null,
    };
  },
});
