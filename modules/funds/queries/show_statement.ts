import { z } from 'zod';
import { allows, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { balanceOf } from '../account.ts';
import { donationsBy } from '../donation.store.ts';
import { fundPolicy } from '../fund.policy.ts';
import { spendingsBy } from '../spending.store.ts';
import { type StatementLine, statementLines } from '../statement.store.ts';
import { balanceAt } from '../transfer.store.ts';

/** What everybody may look into; a bank account and what somebody has in hand are for those who read the books. */
const PUBLIC_KINDS: readonly string[] = ['fund', 'budget_line'];

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
    const isOpen = PUBLIC_KINDS.includes(account.kind);
    if (!isOpen && !allows(fundPolicy, 'read_books', generalRelations(ctx.actor))) notFound('account', account_id);
    const lines = await statementLines(ctx, account, { from, until }, before, limit + 1);
    const page = lines.slice(0, limit);
    const last = page.at(-1);
    const justBefore = (at: Date) => new Date(at.getTime() - 1);
    const { id, kind, names, currency, fund_id, restriction } = account;
    return {
      account: { id, kind, names, currency, fund_id, restriction },
      opening_fen: from ? await balanceAt(ctx, id, justBefore(from)) : 0,
      closing_fen: until ? await balanceAt(ctx, id, justBefore(until)) : balanceOf(account),
      lines: await withCauses(ctx, page),
      next: lines.length > limit && last ? { at: last.at, sequence: last.sequence } : null,
    };
  },
});

/** Each line with the gift or the spending it belongs to, as far as the public may know. */
async function withCauses(ctx: Parameters<typeof statementLines>[0], lines: StatementLine[]) {
  const of = (kind: string) =>
    lines.flatMap((line) => (line.cause_kind === kind && line.cause_id ? [line.cause_id] : []));
  const [gifts, spent] = [of('donation'), of('spending')];
  const donations = gifts.length ? await donationsBy(ctx, { ids: gifts, limit: gifts.length }, false) : [];
  const spendings = spent.length ? await spendingsBy(ctx, { ids: spent, limit: spent.length }, false) : [];
  const donationOf = new Map(donations.map((one) => [one.id, one]));
  const spendingOf = new Map(spendings.map((one) => [one.id, one]));
  return lines.map((line) => {
    const gift = donationOf.get(line.cause_id ?? '');
    const paid = spendingOf.get(line.cause_id ?? '');
    return {
      ...line,
      gift: gift
        ? { donor_name: gift.donor_name, receipt_year: gift.receipt_year, receipt_number: gift.receipt_number }
        : null,
      spending: paid
        ? { purpose: paid.purpose, payee_name: paid.payee_name, receipt_count: paid.file_hashes.length }
        : null,
    };
  });
}
