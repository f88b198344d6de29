import { z } from 'zod';
import { allows, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { availableOf, balanceOf, isPublicKind, isRestricted } from '../account.ts';
import { withCauses } from '../cause.view.ts';
import { fundPolicy } from '../fund.policy.ts';
import { statementLines } from '../statement.store.ts';
import { balanceAt } from '../transfer.store.ts';

/**
 * A statement of one account: what was there at the beginning and at the end of the period, and a page of the lines
 * between, each with what it was for. Periods are instants, from (with) until (without).
 */
export const show_statement = query({
  name: 'funds.show_statement',
  reads: 'nobody',
  input: z.object({
    account_id: z.uuid(),
    from: z.coerce.date().optional(),
    until: z.coerce.date().optional(),
    before: z.object({ at: z.coerce.date(), sequence: z.string().regex(/^\d{1,18}$/) }).optional(),
    limit: z.number().int().min(1).max(1000).default(50),
  }),
  async run(ctx, { account_id, from, until, before, limit }) {
    const account = (await findAccount(ctx, account_id)) ?? notFound('account', account_id);
    const reads_books = allows(fundPolicy, 'read_books', generalRelations(ctx.actor));
    if (!isPublicKind(account.kind) && !reads_books) notFound('account', account_id);
    const lines = await statementLines(ctx, account, { from, until }, before, limit + 1);
    const page = lines.slice(0, limit);
    const last = page.at(-1);
    const justBefore = (at: Date) => new Date(at.getTime() - 1);
    const { id, kind, names, currency, fund_id, project_id, category, restriction, closed_at } = account;
    const fund = fund_id ? await findAccount(ctx, fund_id) : null;
    // What somebody has in hand bears their name.
    const shown = page.map((line) =>
      line.other_kind === 'advance' && !reads_books ? { ...line, other_names: null } : line,
    );
    return {
      account: {
        ...{ id, kind, names, currency, fund_id, project_id, category, restriction, closed_at },
        is_restricted_line: kind === 'budget_line' && isRestricted(account),
      },
      fund: fund ? { id: fund.id, names: fund.names } : null,
      available_fen: availableOf(account),
      reads_books,
      opening_fen: from ? await balanceAt(ctx, id, justBefore(from)) : 0,
      closing_fen: until ? await balanceAt(ctx, id, justBefore(until)) : balanceOf(account),
      lines: await withCauses(ctx, shown),
      next: lines.length > limit && last ? { at: last.at, sequence: last.sequence } : null,
    };
  },
});
