import { z } from 'zod';
import { command } from '#platform/command.ts';
import { refuse } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { setLine } from '../bank_line.store.ts';
import { postTransfers } from '../post_transfers.ts';
import { approvalsNeeded } from '../spending.ts';
import { matchLine, openLine } from './match_bank_line.ts';
import { writeDonation } from './record_donation.ts';
import { askForSpending } from './request_spending.ts';

const name = z.string().trim().min(1).max(80);

/** What came in becomes a gift with its receipt, and the line is its match, in one step. */
export const give_from_bank_line = command({
  name: 'funds.give_from_bank_line',
  input: z.object({
    line_id: z.uuid(),
    fund_id: z.uuid(),
    budget_line_id: z.uuid().optional(),
    donor_name: name.optional(),
    is_hidden: z.boolean().default(false),
    description: z.string().trim().max(400).optional(),
    /** The day of the bank, unless its month is closed already. */
    received_on: z.iso.date().optional(),
  }),
  async run(ctx, { line_id, donor_name, received_on, ...gift }) {
    const line = await openLine(ctx, line_id);
    if (line.amount_fen < 0) refuse('bank_line_went_out', {}, { field: 'line_id' });
    const donation = await writeDonation(ctx, {
      ...{ ...gift, kind: 'money', amount_fen: line.amount_fen, bank_account_id: line.account_id },
      ...{ donor_name: donor_name ?? (line.name || undefined), received_on: received_on ?? line.booked_on },
    });
    await matchLine(ctx, line, [donation.transfer_id!]);
    return { id: line_id, donation_id: donation.id, number: donation.number };
  },
});

/** What went out becomes a spending that others approve; when it is posted, the line proposes it. */
export const spend_from_bank_line = command({
  name: 'funds.spend_from_bank_line',
  input: z.object({
    line_id: z.uuid(),
    debit_account_id: z.uuid(),
    category: z.string().regex(/^[a-z0-9_]{1,60}$/),
    purpose: z.string().trim().min(1).max(400).optional(),
    payee_name: name.optional(),
    is_payee_public: z.boolean().default(false),
    file_hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(6),
  }),
  async run(ctx, { line_id, purpose, payee_name, ...asked }) {
    const line = await openLine(ctx, line_id);
    if (line.amount_fen > 0) refuse('bank_line_came_in', {}, { field: 'line_id' });
    if (line.spending_id) refuse('bank_line_asked');
    const spending = await askForSpending(ctx, {
      ...{
        ...asked,
        kind: 'expense',
        is_photo_public: false,
        credit_account_id: line.account_id,
        amount_fen: -line.amount_fen,
        payee_id: null,
      },
      purpose: purpose ?? ([line.note, line.reference].find(Boolean) || refuse('required', {}, { field: 'purpose' })),
      payee_name: payee_name ?? (line.name || refuse('required', {}, { field: 'payee_name' })),
    });
    await setLine(ctx, line_id, { spending_id: spending.id });
    return { line_id, ...spending };
  },
});

/** Interest and bank fees are nobody's gift or spending: they are posted against a fund, and matched, in one step. */
export const charge_from_bank_line = command({
  name: 'funds.charge_from_bank_line',
  input: z.object({ line_id: z.uuid(), fund_id: z.uuid(), effective_on: z.iso.date().optional() }),
  async run(ctx, { line_id, fund_id, effective_on }) {
    const line = await openLine(ctx, line_id);
    const fund = await findAccount(ctx, fund_id);
    if (fund?.kind !== 'fund') refuse('account_unknown', {}, { field: 'fund_id' });
    const [came_in, amount_fen] = [line.amount_fen > 0, Math.abs(line.amount_fen)];
    if (!came_in && approvalsNeeded(amount_fen, ctx.community.settings) === 2) refuse('approval_needed');
    const [debit_account_id, credit_account_id] = came_in ? [line.account_id, fund_id] : [fund_id, line.account_id];
    const [row] = await postTransfers(ctx, [
      {
        ...{ kind: came_in ? 'interest' : 'fee', debit_account_id, credit_account_id, amount_fen },
        effective_on: effective_on ?? line.booked_on,
      },
    ]);
    await matchLine(ctx, line, [row!.id]);
    return { id: line_id };
  },
});
