import { z } from 'zod';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { bankFormats } from '../bank_formats.ts';
import { fundPolicy } from '../fund.policy.ts';

/** How the banks of this place write their statements, for whoever brings one in. */
export const list_bank_formats = query({
  name: 'funds.list_bank_formats',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    demand(fundPolicy, 'reconcile', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    return bankFormats(ctx);
  },
});
