import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { fundPolicy } from '../fund.policy.ts';
import { postTransfers } from '../post_transfers.ts';
import { approvalsNeeded } from '../spending.ts';
import { transferInput } from '../transfer.input.ts';

/** The treasurer posts transfers that belong together: all of them or none. What needs two people goes through spending. */
export const post_transfers = command({
  name: 'funds.post_transfers',
  input: z.object({ transfers: z.array(transferInput).min(1).max(500) }),
  async run(ctx, { transfers }) {
    demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    if (ctx.actor.kind !== 'system') await demandWithinLimit(ctx, transfers);
    const rows = await postTransfers(ctx, transfers);
    return { batch_id: rows[0]!.batch_id, ids: rows.map((row) => row.id) };
  },
});

type Wanted = { credit_account_id: string; debit_account_id: string; amount_fen: number };

/** What one person alone takes out of the bank in one go stays within the limit above which two approve. */
async function demandWithinLimit(ctx: Ctx, transfers: readonly Wanted[]): Promise<void> {
  const needsTwo = (fen: number) => approvalsNeeded(fen, ctx.community.settings) === 2;
  if (!needsTwo(transfers.reduce((sum, one) => sum + one.amount_fen, 0))) return;
  let leaving_fen = 0;
  for (const [i, { credit_account_id, debit_account_id, amount_fen }] of transfers.entries()) {
    const [from, to] = [await findAccount(ctx, credit_account_id), await findAccount(ctx, debit_account_id)];
    if (from?.kind === 'bank' && to?.kind !== 'bank') leaving_fen += amount_fen;
    if (needsTwo(leaving_fen)) refuse('approval_needed', {}, { field: 'amount_fen', line: i + 1 });
  }
}
