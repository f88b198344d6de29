import { z } from 'zod';
import { publicNames } from '#modules/people/index.ts';
import { allows, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { type Account, isPublicKind } from '../account.ts';
import { withCauses } from '../cause.view.ts';
import { fundPolicy } from '../fund.policy.ts';
import { findTransfer, followerOf } from '../transfer.store.ts';

/**
 * One transfer: from where to where, when, why, what it corrects and what corrected it. Everybody sees those of a fund or a
 * budget line; who wrote it and the words of the reason are for those who read the books.
 */
export const show_transfer = query({
  name: 'funds.show_transfer',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const row = (await findTransfer(ctx, id)) ?? notFound('transfer', id);
    const relations = generalRelations(ctx.actor);
    const reads_books = allows(fundPolicy, 'read_books', relations);
    const [to, from] = [
      (await findAccount(ctx, row.debit_account_id))!,
      (await findAccount(ctx, row.credit_account_id))!,
    ];
    if (!reads_books && !isPublicKind(to.kind) && !isPublicKind(from.kind)) notFound('transfer', id);
    const { kind, flow, amount_fen, effective_on, at, category, batch_id, cause_kind, cause_id } = row;
    const side = (account: Account) => ({
      ...{ id: account.id, kind: account.kind, is_open: reads_books || isPublicKind(account.kind) },
      names: account.kind === 'advance' && !reads_books ? null : account.names,
    });
    const [caused] = await withCauses(ctx, [{ cause_kind, cause_id }]);
    const resolved_by_id = flow === 'pending' ? await followerOf(ctx, id, 'pending_id') : null;
    const reversed_by_id = await followerOf(ctx, id, 'reverses_id');
    const posts = allows(fundPolicy, 'post', relations);
    const isDone = flow === 'posted' || flow === 'post';
    const inside = reads_books
      ? { reason: row.reason, actor_name: (await publicNames(ctx, [row.actor_id])).get(row.actor_id) ?? null, batch_id }
      : null;
    return {
      ...{ id, kind, flow, amount_fen, effective_on, at, category, resolved_by_id, reversed_by_id, inside },
      ...{ pending_id: row.pending_id, reverses_id: row.reverses_id, from: side(from), to: side(to) },
      ...{ gift: caused!.gift, spending: caused!.spending, currency: to.currency },
      may: {
        reverse: posts && isDone && kind !== 'reversal' && !reversed_by_id,
        resolve: posts && flow === 'pending' && !resolved_by_id,
      },
    };
  },
});
