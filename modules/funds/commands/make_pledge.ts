import { z } from 'zod';
import { dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { DONATION_KINDS } from '../donation.ts';
import { fundPolicy } from '../fund.policy.ts';
import { insertPledge, type ListedPledge, linkDonation, lockPledge, setLapsed } from '../pledge.store.ts';
import { stateOfPledge } from '../pledge.ts';
import { restrictionOf } from '../restricted_line.ts';
import { amount } from '../transfer.input.ts';
import { honours } from '../wish.ts';
import { donorOf, writeDonation } from './record_donation.ts';

const hours = z.number().positive().max(100_000).multipleOf(0.01);
const code = z.string().regex(/^[a-z0-9_]{1,60}$/);

/** Writes down what somebody promises to give by a day. Nothing moves; a promise is not money. */
export const make_pledge = command({
  name: 'funds.make_pledge',
  input: z.object({
    donor_id: z.uuid().optional(),
    donor_name: z.string().trim().min(1).max(80).optional(),
    person_id: z.uuid().optional(),
    is_hidden: z.boolean().default(false),
    kind: z.enum(DONATION_KINDS),
    amount_fen: amount.optional(),
    hours: hours.optional(),
    description: z.string().trim().max(400).optional(),
    wish: z
      .object({ projects: z.array(z.uuid()).max(100).optional(), categories: z.array(code).max(50).optional() })
      .default({}),
    due_on: z.iso.date(),
  }),
  async run(ctx, given) {
    const id = ctx.newId<'pledge'>();
    demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'pledge', id });
    const { kind, amount_fen = null, hours = null, description = null, wish, due_on } = given;
    if ((kind === 'money') !== (amount_fen !== null)) refuse('pledge_measure_wrong', {}, { field: 'amount_fen' });
    if ((kind === 'hours') !== (hours !== null)) refuse('pledge_measure_wrong', {}, { field: 'hours' });
    if (kind === 'goods' && !description) refuse('required', {}, { field: 'description' });
    if (due_on < dateIn(ctx.community.time_zone, ctx.now)) refuse('day_past', {}, { field: 'due_on' });
    const donor = await donorOf(ctx, given);
    await insertPledge(ctx, { id, donor_id: donor.id, kind, amount_fen, hours, description, wish, due_on });
    record(ctx, 'pledge.made', { kind: 'pledge', id }, { pledge_kind: kind, amount_fen, hours, wish, due_on });
    return { id, donor_id: donor.id };
  },
});

/** Writes down what was given for a promise: a gift with its receipt, into a fund that honours what the giver wants. */
export const keep_pledge = command({
  name: 'funds.keep_pledge',
  input: z.object({
    id: z.uuid(),
    amount_fen: amount.optional(),
    hours: hours.optional(),
    fund_id: z.uuid().optional(),
    budget_line_id: z.uuid().optional(),
    bank_account_id: z.uuid().optional(),
    received_on: z.iso.date().optional(),
    /** Of goods: whether all of it came. */
    is_whole: z.boolean().default(true),
  }),
  async run(ctx, { id, is_whole, ...gift }) {
    const pledge = await openPledge(ctx, id);
    const kept = await keptTo(ctx, gift);
    if (kept && !honours(kept, pledge.wish)) refuse('wish_not_honoured', {}, { field: 'fund_id' });
    const { kind, description, donor_id } = pledge;
    const donation = await writeDonation(ctx, { ...gift, kind, donor_id, description: description ?? undefined });
    await linkDonation(ctx, { donation_id: donation.id, pledge_id: id, is_whole: kind === 'goods' && is_whole });
    record(ctx, 'pledge.kept', { kind: 'pledge', id }, { donation_id: donation.id });
    return { id, donation_id: donation.id, number: donation.number };
  },
});

/** A promise that will not be kept is waited for no longer, with the reason. What was given for it stays given. */
export const lapse_pledge = command({
  name: 'funds.lapse_pledge',
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(400) }),
  async run(ctx, { id, reason }) {
    await openPledge(ctx, id);
    await setLapsed(ctx, id, reason);
    record(ctx, 'pledge.lapsed', { kind: 'pledge', id });
    return { id };
  },
});

/** What a gift is kept to: the use of a line it is given for, or what its fund allows. */
async function keptTo(ctx: Ctx, { fund_id, budget_line_id }: { fund_id?: string; budget_line_id?: string }) {
  const account = (budget_line_id ?? fund_id) && (await findAccount(ctx, (budget_line_id ?? fund_id)!));
  if (!account) return undefined;
  return budget_line_id ? restrictionOf(account) : account.kind === 'fund' ? account.restriction : undefined;
}

async function openPledge(ctx: Ctx, id: string): Promise<ListedPledge> {
  demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'pledge', id });
  const pledge = (await lockPledge(ctx, id)) ?? notFound('pledge', id);
  const state = stateOfPledge(pledge, dateIn(ctx.community.time_zone, ctx.now));
  if (state === 'kept' || state === 'lapsed') refuse('pledge_settled');
  return pledge;
}
