import { z } from 'zod';
import { dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { notify } from '#platform/notify.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { findDonor, insertDonation, insertDonor, setDonorHidden, takeReceiptNumber } from '../donation.store.ts';
import { DONATION_KINDS, receiptNumber, sealOfDonation } from '../donation.ts';
import { fundPolicy } from '../fund.policy.ts';
import { postTransfers } from '../post_transfers.ts';
import { restrictedLine } from '../restricted_line.ts';
import { amount } from '../transfer.input.ts';

const input = z.object({
  donor_id: z.uuid().optional(),
  donor_name: z.string().trim().min(1).max(80).optional(),
  person_id: z.uuid().optional(),
  is_hidden: z.boolean().default(false),
  kind: z.enum(DONATION_KINDS),
  amount_fen: amount.optional(),
  hours: z.number().positive().max(100_000).multipleOf(0.01).optional(),
  description: z.string().trim().max(400).optional(),
  fund_id: z.uuid().optional(),
  /** A line of the fund: the gift is for its use alone, beside what the giver says in words. */
  budget_line_id: z.uuid().optional(),
  bank_account_id: z.uuid().optional(),
  received_on: z.iso.date().optional(),
});

/** Writes down what was given: money moves into its fund, everything gets a receipt, and whoever gave is thanked. */
export const record_donation = command({
  name: 'funds.record_donation',
  input,
  async run(ctx, given) {
    const { id, number, donor_id } = await writeDonation(ctx, given);
    return { id, number, donor_id };
  },
});

/** Writes a gift down within a command: its transfer, its receipt, and thanks. */
export async function writeDonation(ctx: Ctx, given: z.input<typeof input>) {
  const id = ctx.newId<'donation'>();
  demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'donation', id });
  const { kind, hours = null, description = null } = demandWhole(given);
  const donor = await donorOf(ctx, given);
  const today = dateIn(ctx.community.time_zone, ctx.now);
  const received_on = given.received_on ?? today;
  if (received_on > today) refuse('day_ahead', {}, { field: 'received_on' });
  const { transfer_id, budget_line_id } = kind === 'money' ? await postMoney(ctx, id, given, received_on) : NO_MONEY;
  const receipt_year = Number(today.slice(0, 4));
  const receipt_number = await takeReceiptNumber(ctx, receipt_year);
  const amount_fen = given.amount_fen ?? null;
  const fund_id = given.fund_id ?? null;
  await insertDonation(ctx, {
    ...{ id, kind, hours, description, fund_id, budget_line_id, transfer_id, amount_fen, received_on },
    ...{ donor_id: donor.id, receipt_year, receipt_number },
  });
  const facts = { donation_kind: kind, amount_fen, hours, fund_id, transfer_id, receipt_year, receipt_number };
  const seal = sealOfDonation({ id, donor_id: donor.id, description });
  record(
    ctx,
    'donation.recorded',
    { kind: 'donation', id },
    { ...facts, received_on, seal, ...(budget_line_id && { budget_line_id }) },
  );
  const number = receiptNumber({ receipt_year, receipt_number });
  if (donor.person_id)
    await notify(
      ctx,
      {
        person_id: donor.person_id,
        template: 'donation_thanks',
        vars: { number },
        subject: { kind: 'donation', id },
      },
      ctx.command_id,
    );
  return { id, number, donor_id: donor.id, transfer_id };
}

type Given = z.input<typeof input>;

/** Each kind needs its own measure and takes no other. */
function demandWhole(given: Given): Given {
  const { kind } = given;
  if (kind !== 'money' && given.budget_line_id) refuse('not_for_this_kind', {}, { field: 'budget_line_id' });
  const needed: Record<string, boolean> = {
    amount_fen: kind === 'money',
    fund_id: kind === 'money',
    bank_account_id: kind === 'money',
    hours: kind === 'hours',
  };
  for (const [field, is_needed] of Object.entries(needed)) {
    const has = given[field as keyof Given] !== undefined;
    if (is_needed && !has) refuse('required', {}, { field });
    if (!is_needed && has) refuse('not_for_this_kind', {}, { field });
  }
  if (kind === 'goods' && !given.description) refuse('required', {}, { field: 'description' });
  return given;
}

type GivenBy = Pick<Given, 'donor_id' | 'donor_name' | 'person_id' | 'is_hidden'>;

/** The donor who is named, or a new one. */
export async function donorOf(ctx: Ctx, given: GivenBy) {
  const known = given.donor_id
    ? ((await findDonor(ctx, { id: given.donor_id })) ?? notFound('donor', given.donor_id))
    : given.person_id && (await findDonor(ctx, { person_id: given.person_id }));
  if (known) {
    // Who asks to be hidden is hidden everywhere; showing a name again is a wish of its own.
    if (given.is_hidden && !known.is_hidden) await setDonorHidden(ctx, known.id, true);
    return known;
  }
  const name = given.donor_name ?? refuse('required', {}, { field: 'donor_name' });
  const donor = { id: ctx.newId(), person_id: given.person_id ?? null, name, is_hidden: given.is_hidden ?? false };
  await insertDonor(ctx, donor);
  return donor;
}

type Posted = { transfer_id: string | null; budget_line_id: string | null };
const NO_MONEY: Posted = { transfer_id: null, budget_line_id: null };

async function postMoney(ctx: Ctx, id: string, given: Given, effective_on: string): Promise<Posted> {
  const [fund, bank] = [await findAccount(ctx, given.fund_id!), await findAccount(ctx, given.bank_account_id!)];
  if (fund?.kind !== 'fund') refuse('account_unknown', {}, { field: 'fund_id' });
  if (bank?.kind !== 'bank') refuse('account_unknown', {}, { field: 'bank_account_id' });
  const { id: credit_account_id } = given.budget_line_id ? await restrictedLine(ctx, fund, given.budget_line_id) : fund;
  const [row] = await postTransfers(ctx, [
    {
      ...{ kind: 'donation', debit_account_id: bank.id, credit_account_id, amount_fen: given.amount_fen! },
      ...{ effective_on, cause: { kind: 'donation', id } },
    },
  ]);
  return { transfer_id: row!.id, budget_line_id: given.budget_line_id ? credit_account_id : null };
}
