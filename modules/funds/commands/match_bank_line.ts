import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { type BankLine, lockLine, setLine } from '../bank_line.store.ts';
import { insertMatches, undoMatches, unmatchedTransfers } from '../bank_match.store.ts';
import { fundPolicy } from '../fund.policy.ts';

/** Says that a line of the bank is these transfers: on the same account, together the same amount, none of them another line's. */
export const match_bank_line = command({
  name: 'funds.match_bank_line',
  input: z.object({ line_id: z.uuid(), transfer_ids: z.array(z.uuid()).min(1).max(500) }),
  async run(ctx, { line_id, transfer_ids }) {
    const line = await openLine(ctx, line_id);
    await matchLine(ctx, line, [...new Set(transfer_ids)]);
    return { id: line_id };
  },
});

/** Takes a match back, or takes a line up again that was left; what was written in the ledger stays. */
export const reopen_bank_line = command({
  name: 'funds.reopen_bank_line',
  input: z.object({ line_id: z.uuid() }),
  async run(ctx, { line_id }) {
    demand(fundPolicy, 'reconcile', generalRelations(ctx.actor), { kind: 'bank_line', id: line_id });
    const line = (await lockLine(ctx, line_id)) ?? notFound('bank_line', line_id);
    if (line.state === 'open') refuse('bank_line_open');
    await undoMatches(ctx, line_id);
    await setLine(ctx, line_id, { state: 'open', left_reason: null });
    record(ctx, 'bank_line.reopened', { kind: 'bank_line', id: line_id });
    return { id: line_id };
  },
});

/** Leaves a line as it is, with the reason: it is of no transfer of these books. */
export const leave_bank_line = command({
  name: 'funds.leave_bank_line',
  input: z.object({ line_id: z.uuid(), reason: z.string().trim().min(1).max(400) }),
  async run(ctx, { line_id, reason }) {
    await openLine(ctx, line_id);
    await setLine(ctx, line_id, { state: 'left', left_reason: reason });
    record(ctx, 'bank_line.left', { kind: 'bank_line', id: line_id });
    return { id: line_id };
  },
});

/** A line that nobody has settled yet, locked, for whoever may. */
export async function openLine(ctx: Ctx, line_id: string): Promise<BankLine> {
  demand(fundPolicy, 'reconcile', generalRelations(ctx.actor), { kind: 'bank_line', id: line_id });
  const line = (await lockLine(ctx, line_id)) ?? notFound('bank_line', line_id);
  if (line.state !== 'open') refuse('bank_line_settled');
  return line;
}

/** Writes the match of a locked line, when the transfers are of its account, unmatched, and together its amount. */
export async function matchLine(ctx: Ctx, line: BankLine, transfer_ids: readonly string[]): Promise<void> {
  const found = await unmatchedTransfers(ctx, line.account_id, { ids: transfer_ids });
  if (found.length < transfer_ids.length) refuse('transfer_matched', {}, { field: 'transfer_ids' });
  const sum = found.reduce((total, one) => total + one.amount_fen, 0);
  if (sum !== line.amount_fen) refuse('amounts_differ', {}, { field: 'transfer_ids' });
  await insertMatches(ctx, line, transfer_ids);
  await setLine(ctx, line.id, { state: 'matched' });
  record(ctx, 'bank_line.matched', { kind: 'bank_line', id: line.id }, { transfer_ids });
}
