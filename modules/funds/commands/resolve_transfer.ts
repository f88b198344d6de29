import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { fundPolicy } from '../fund.policy.ts';
import { addToMonth } from '../monthly_spending.store.ts';
import { postTransfers } from '../post_transfers.ts';
import { spendingOfTransfer } from '../spending.store.ts';
import { amount } from '../transfer.input.ts';
import { findTransfer, type TransferRow } from '../transfer.store.ts';

/** What was held back is posted, whole or in part; the rest is free again. Once, however many try. */
export const post_pending = command({
  name: 'funds.post_pending',
  input: z.object({ pending_id: z.uuid(), amount_fen: amount.optional(), effective_on: z.iso.date().optional() }),
  async run(ctx, { pending_id, amount_fen, effective_on }) {
    const pending = await findPending(ctx, pending_id);
    if (amount_fen !== undefined && amount_fen > pending.amount_fen)
      refuse('more_than_held', {}, { field: 'amount_fen' });
    return resolve(ctx, pending, 'post', amount_fen ?? pending.amount_fen, effective_on);
  },
});

/** What was held back is let go. */
export const void_pending = command({
  name: 'funds.void_pending',
  input: z.object({ pending_id: z.uuid(), reason: z.string().trim().min(1).max(400) }),
  async run(ctx, { pending_id, reason }) {
    const pending = await findPending(ctx, pending_id);
    return resolve(ctx, pending, 'void', pending.amount_fen, undefined, reason);
  },
});

/** A posted transfer is corrected by its reversal, with the reason; it stays where it is. Once. */
export const reverse_transfer = command({
  name: 'funds.reverse_transfer',
  input: z.object({ transfer_id: z.uuid(), reason: z.string().trim().min(1).max(400) }),
  async run(ctx, { transfer_id, reason }) {
    demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'transfer', id: transfer_id });
    const wrong = (await findTransfer(ctx, transfer_id)) ?? notFound('transfer', transfer_id);
    if (wrong.flow !== 'posted' && wrong.flow !== 'post') refuse('not_posted');
    if (wrong.kind === 'reversal') refuse('reversal_stands');
    const [row] = await postTransfers(ctx, [
      {
        ...{ kind: 'reversal', reverses_id: wrong.id, amount_fen: wrong.amount_fen, category: wrong.category, reason },
        debit_account_id: wrong.credit_account_id,
        credit_account_id: wrong.debit_account_id,
        cause: wrong.cause_id ? { kind: wrong.cause_kind!, id: wrong.cause_id } : null,
      },
    ]);
    const spending = await spendingOfTransfer(ctx, wrong.id);
    if (spending) await addToMonth(ctx, spending, 'reversed', row!.effective_on);
    return { id: row!.id };
  },
});

async function findPending(ctx: Ctx, id: string): Promise<TransferRow> {
  demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'transfer', id });
  const pending = await findTransfer(ctx, id);
  return pending?.flow === 'pending' ? pending : notFound('transfer', id);
}

async function resolve(
  ctx: Ctx,
  pending: TransferRow,
  flow: 'post' | 'void',
  amount_fen: number,
  effective_on?: string,
  reason?: string,
) {
  const { kind, debit_account_id, credit_account_id, category, cause_kind, cause_id } = pending;
  const cause = cause_id ? { kind: cause_kind!, id: cause_id } : null;
  const [row] = await postTransfers(ctx, [
    {
      ...{ kind, flow, amount_fen, debit_account_id, credit_account_id, category, cause, reason },
      ...{ pending_id: pending.id, pending_fen: pending.amount_fen, effective_on },
    },
  ]);
  return { id: row!.id };
}
