import { z } from 'zod';
import { allows, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { isPublicKind } from '../account.ts';
import { fundPolicy } from '../fund.policy.ts';
import { balanceAt } from '../transfer.store.ts';

/** What an account had at an instant, posted. */
export const show_balance = query({
  name: 'funds.show_balance',
  reads: 'nobody',
  input: z.object({ account_id: z.uuid(), at: z.coerce.date() }),
  async run(ctx, { account_id, at }) {
    const account = (await findAccount(ctx, account_id)) ?? notFound('account', account_id);
    const reads_books = allows(fundPolicy, 'read_books', generalRelations(ctx.actor));
    if (!isPublicKind(account.kind) && !reads_books) notFound('account', account_id);
    return { at, balance_fen: await balanceAt(ctx, account_id, at) };
  },
});
