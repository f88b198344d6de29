import { z } from 'zod';
import { command } from '#platform/command.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { fundPolicy } from '../fund.policy.ts';
import { postTransfers } from '../post_transfers.ts';
import { transferInput } from '../transfer.input.ts';

/** The treasurer posts transfers that belong together: all of them or none. What needs two people goes through spending. */
export const post_transfers = command({
  name: 'funds.post_transfers',
  input: z.object({ transfers: z.array(transferInput).min(1).max(500) }),
  async run(ctx, { transfers }) {
    demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    const rows = await postTransfers(ctx, transfers);
    return { batch_id: rows[0]!.batch_id, ids: rows.map((row) => row.id) };
  },
});
