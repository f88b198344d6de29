import { z } from 'zod';
import { leaveTracesOfList } from '#modules/people/index.ts';
import { addDays } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { accountsBy } from '../account.store.ts';
import { bankFormats } from '../bank_formats.ts';
import { type BankLine, linesBy } from '../bank_line.store.ts';
import { type BankTransfer, bookedUntil, matchesOf, standingOf, unmatchedTransfers } from '../bank_match.store.ts';
import { type Candidate, proposeMatches, WINDOW_DAYS } from '../bank_match.ts';
import { donationsBy, peopleOfDonors } from '../donation.store.ts';
import { receiptNumber } from '../donation.ts';
import { fundPolicy } from '../fund.policy.ts';
import { spendingsBy } from '../spending.store.ts';

const PAGE = 20;
const UNMATCHED_SHOWN = 30;

/** The bank beside the books: lines that nobody has settled with what each may be, and what only the books have. */
export const show_reconciliation = query({
  name: 'funds.show_reconciliation',
  reads: 'others',
  leaves_trace: true,
  input: z.object({
    account_id: z.uuid().optional(),
    state: z.enum(['open', 'matched', 'left']).default('open'),
    before: z.object({ booked_on: z.iso.date(), id: z.uuid() }).optional(),
  }),
  async run(ctx, { account_id, state, before }) {
    demand(fundPolicy, 'reconcile', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    const banks = await accountsBy(ctx, { kind: 'bank', limit: 100 });
    const account = banks.find((one) => one.id === account_id) ?? banks[0];
    const from = [
      ...(await accountsBy(ctx, { kind: 'fund', open: true, limit: 200 })),
      ...(await accountsBy(ctx, { kind: 'budget_line', open: true, limit: 400 })),
    ];
    const common = {
      funds: from.map(({ id, kind, names }) => ({ id, kind, names })),
      banks: banks.map(({ id, names }) => ({ id, names })),
      formats: (await bankFormats(ctx)).map((one) => one.code),
    };
    if (!account) return { ...common, account: null };
    const lines = await linesBy(ctx, { account_id: account.id, state, before, limit: PAGE + 1 });
    const page = lines.slice(0, PAGE);
    const [last, standing] = [page.at(-1), await standingOf(ctx, account.id)];
    return {
      ...common,
      account: { id: account.id, names: account.names, currency: account.currency },
      standing: {
        ...standing,
        books_fen: standing.last_on ? await bookedUntil(ctx, account.id, standing.last_on) : null,
      },
      lines: state === 'open' ? await withProposals(ctx, account.id, page) : await withMatches(ctx, page),
      next: lines.length > PAGE && last ? { booked_on: last.booked_on, id: last.id } : null,
      only_in_books:
        state === 'open' && standing.first_on
          ? await unmatchedTransfers(ctx, account.id, { since: standing.first_on, limit: UNMATCHED_SHOWN })
          : [],
    };
  },
});

type ShownLine = BankLine & {
  proposals: (ReturnType<typeof proposeMatches>[number] & { transfers: BankTransfer[] })[];
  matched: Awaited<ReturnType<typeof matchesOf>>;
};

async function withMatches(ctx: Ctx, lines: readonly BankLine[]): Promise<ShownLine[]> {
  const matches = Map.groupBy(
    await matchesOf(
      ctx,
      lines.map((line) => line.id),
    ),
    (one) => one.line_id,
  );
  return lines.map((line) => ({ ...line, proposals: [], matched: matches.get(line.id) ?? [] }));
}

async function withProposals(ctx: Ctx, account_id: string, lines: readonly BankLine[]): Promise<ShownLine[]> {
  if (lines.length === 0) return [];
  const days = lines.map((line) => line.booked_on).sort();
  const asked = lines.flatMap((line) => line.spending_id ?? []);
  const spendings = asked.length ? await spendingsBy(ctx, { ids: asked, limit: asked.length }, true) : [];
  const posted = spendings.flatMap((one) => one.transfer_id ?? []);
  const near = await unmatchedTransfers(ctx, account_id, {
    from: addDays(days[0]!, -WINDOW_DAYS),
    until: addDays(days.at(-1)!, WINDOW_DAYS),
  });
  const late = posted.length ? await unmatchedTransfers(ctx, account_id, { ids: posted }) : [];
  const transfers = [...new Map([...near, ...late].map((one) => [one.id, one])).values()];
  const byId = new Map(transfers.map((one) => [one.id, one]));
  const candidates = await candidatesOf(ctx, transfers);
  const shown = lines.map((line) => {
    const own = spendings.find((one) => one.id === line.spending_id)?.transfer_id;
    const for_line = candidates.map((one) => ({ ...one, was_asked_from_line: one.transfer_id === own }));
    const proposals = proposeMatches(line, for_line).map((one) => ({
      ...one,
      transfers: one.transfer_ids.map((id) => byId.get(id)!),
    }));
    return { ...line, proposals, matched: [] };
  });
  const ids = new Set(shown.flatMap((line) => line.proposals.flatMap((one) => one.transfer_ids)));
  const donors = candidates.flatMap((one) => (ids.has(one.transfer_id) && one.donor_id ? [one.donor_id] : []));
  await leaveTracesOfList(ctx, await peopleOfDonors(ctx, donors), ['donations'], 'funds.reasons.reconcile');
  return shown;
}

/** Transfers with who gave or was paid, and what a reference could say. */
async function candidatesOf(
  ctx: Ctx,
  transfers: readonly BankTransfer[],
): Promise<(Candidate & { donor_id: string | undefined })[]> {
  const of = (kind: string) =>
    transfers.flatMap((one) => (one.cause_kind === kind && one.cause_id ? [one.cause_id] : []));
  const [gifts, spent] = [of('donation'), of('spending')];
  const donations = gifts.length ? await donationsBy(ctx, { ids: gifts, limit: gifts.length }, true) : [];
  const spendings = spent.length ? await spendingsBy(ctx, { ids: spent, limit: spent.length }, true) : [];
  const giftOf = new Map(donations.map((one) => [one.id, one]));
  const spendingOf = new Map(spendings.map((one) => [one.id, one]));
  return transfers.map((one) => {
    const [gift, paid] = [giftOf.get(one.cause_id ?? ''), spendingOf.get(one.cause_id ?? '')];
    return {
      ...{
        transfer_id: one.id,
        amount_fen: one.amount_fen,
        effective_on: one.effective_on,
        was_asked_from_line: false,
      },
      donor_id: gift?.donor_id,
      name: gift?.donor_name ?? paid?.payee_name ?? null,
      words: [gift ? receiptNumber(gift) : '', gift?.description ?? '', paid?.purpose ?? '', one.reason ?? ''].filter(
        Boolean,
      ),
    };
  });
}
