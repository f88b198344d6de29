import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';
import { addToMonth } from '../monthly_spending.store.ts';
import { postTransfers } from '../post_transfers.ts';
import { insertApproval, lockSpending, type Spending, setDecided } from '../spending.store.ts';
import { isPartyTo, sealOfRefusal } from '../spending.ts';
import { tellDecided } from '../tell_of_spending.ts';

/** Approves a spending. The last approval that is needed moves the money in the same transaction, or nothing happens. */
export const approve_spending = command({
  name: 'funds.approve_spending',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const spending = await findWaiting(ctx, id);
    const approvals = await insertApproval(ctx, id);
    record(ctx, 'spending.approved', { kind: 'spending', id }, { approvals });
    if (approvals < spending.approvals_needed) return { id, state: 'waiting' as const, approvals };
    const { kind, debit_account_id, credit_account_id, amount_fen, category } = spending;
    const [row] = await postTransfers(ctx, [
      { kind, debit_account_id, credit_account_id, amount_fen, category, cause: { kind: 'spending', id } },
    ]);
    await setDecided(ctx, id, { state: 'posted', transfer_id: row!.id });
    await addToMonth(ctx, spending, 'posted', row!.effective_on);
    await tellDecided(ctx, spending, 'posted');
    record(ctx, 'spending.posted', { kind: 'spending', id }, { transfer_id: row!.id });
    return { id, state: 'posted' as const, approvals };
  },
});

/** Says no to a spending, with the reason that whoever asked can read. */
export const refuse_spending = command({
  name: 'funds.refuse_spending',
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(400) }),
  async run(ctx, { id, reason }) {
    const spending = await findWaiting(ctx, id);
    await setDecided(ctx, id, { state: 'refused', refused_reason: reason });
    await tellDecided(ctx, spending, 'refused');
    record(ctx, 'spending.refused', { kind: 'spending', id }, { seal: sealOfRefusal(id, ctx.actor.id, reason) });
    return { id };
  },
});

async function findWaiting(ctx: Ctx, id: string): Promise<Spending> {
  demand(fundPolicy, 'approve', fundRelations(ctx.actor, await ownPosts(ctx)), { kind: 'spending', id });
  const spending = (await lockSpending(ctx, id)) ?? notFound('spending', id);
  if (spending.state !== 'waiting') refuse('spending_decided');
  // What is paid out of somebody's advance is theirs too, whoever wrote it down.
  const paidFrom = await findAccount(ctx, spending.credit_account_id);
  const people = [ctx.actor.id, principalOf(ctx.actor)];
  if (isPartyTo(spending, people) || people.includes(paidFrom?.holder_id ?? '')) refuse('own_spending');
  return spending;
}
