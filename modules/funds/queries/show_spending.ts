import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { leaveTraces, publicNames } from '#modules/people/index.ts';
import { principalOf } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';
import { publicSpending } from '../public.view.ts';
import { type ListedSpending, spendingsBy } from '../spending.store.ts';
import { isPartyTo } from '../spending.ts';
import { follow } from '../trace.ts';
import { traceView } from './show_gift.ts';

/**
 * A spending: what it was for, its receipts, who decided, and from whose gifts it was paid. Everybody sees one that was posted;
 * who asked for it, approved it and was paid, and one that waits or was refused, those at the desk and whoever asked.
 */
export const show_spending = query({
  name: 'funds.show_spending',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const [spending] = await spendingsBy(ctx, { ids: [id], limit: 1 }, true);
    if (!spending) notFound('spending', id);
    const me = [ctx.actor.id, principalOf(ctx.actor)];
    const relations = fundRelations(ctx.actor, await ownPosts(ctx));
    const isWhole = allows(fundPolicy, 'see_desk', relations) || me.includes(spending.requested_by_id);
    if (!isWhole && spending.state !== 'posted') notFound('spending', id);
    const { payee_id, state, approvals_needed } = spending;
    if (isWhole && payee_id && !me.includes(payee_id))
      await leaveTraces(ctx, [payee_id], ['donations'], 'funds.reasons.desk');
    const isSpent = state === 'posted' && spending.kind !== 'advance' && !spending.is_reversed;
    return {
      ...publicSpending({ ...spending, payee_name: spending.is_payee_public ? spending.payee_name : null }),
      ...{ state, approvals_needed },
      inside: isWhole ? await insideOf(ctx, spending) : null,
      may_decide:
        state === 'waiting' &&
        allows(fundPolicy, 'approve', relations) &&
        !isPartyTo(spending, me) &&
        !spending.approver_ids.includes(ctx.actor.id),
      trace: isSpent
        ? await traceView(
            ctx,
            await follow(ctx, 'credit', {
              ...{ account_id: spending.debit_account_id, transfer_id: spending.transfer_id! },
              amount_fen: spending.amount_fen,
            }),
          )
        : null,
    };
  },
});

async function insideOf(ctx: Ctx, spending: ListedSpending) {
  const { payee_name, requested_by_id, approver_ids, file_hashes, refused_reason, is_photo_public } = spending;
  const names = await publicNames(ctx, [requested_by_id, ...approver_ids]);
  const named = (id: string) => names.get(id) ?? null;
  return {
    ...{ payee_name, requested_by_id, requested_by_name: named(requested_by_id), refused_reason, is_photo_public },
    ...{ approvers: approver_ids.map((id) => ({ id, name: named(id) })), photos: file_hashes },
  };
}
