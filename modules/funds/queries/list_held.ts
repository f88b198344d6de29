import { z } from 'zod';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { fundPolicy } from '../fund.policy.ts';
import { heldTransfers } from '../transfer.store.ts';

/** What is held back: neither posted nor let go. */
export const list_held = query({
  name: 'funds.list_held',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    demand(fundPolicy, 'read_books', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    return (await heldTransfers(ctx, 200)).map(({ id, kind, amount_fen, effective_on, at, ...row }) => ({
      ...{ id, kind, amount_fen, effective_on, at },
      ...{ debit_account_id: row.debit_account_id, credit_account_id: row.credit_account_id },
    }));
  },
});
