import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { publicNames } from '#modules/people/index.ts';
import { addDays, dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { findAccount, insertAccount } from '../account.store.ts';
import { advanceAccountOf, insertAdvance } from '../advance.store.ts';
import { ADVANCE_DAYS } from '../advance.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';
import { postTransfers } from '../post_transfers.ts';
import { amount } from '../transfer.input.ts';
import { askForSpending } from './request_spending.ts';

const text = (most: number) => z.string().trim().min(1).max(most);

/** Asks for money to be put into the hands of somebody who works here, to be settled by a day. Others approve it. */
export const give_advance = command({
  name: 'funds.give_advance',
  input: z.object({
    holder_id: z.uuid(),
    bank_account_id: z.uuid(),
    amount_fen: amount,
    purpose: text(400),
    category: z.string().regex(/^[a-z0-9_]{1,60}$/),
    due_on: z.iso.date().optional(),
  }),
  async run(ctx, { holder_id, bank_account_id, due_on, ...asked }) {
    const relations = fundRelations(ctx.actor, await ownPosts(ctx));
    demand(fundPolicy, 'request_spending', relations, { kind: 'account', id: bank_account_id });
    const today = dateIn(ctx.community.time_zone, ctx.now);
    if (due_on && due_on < today) refuse('day_past', {}, { field: 'due_on' });
    const bank = await findAccount(ctx, bank_account_id);
    if (bank?.kind !== 'bank' || bank.closed_at) refuse('account_unknown', {}, { field: 'bank_account_id' });
    const holder = (await publicNames(ctx, [holder_id])).get(holder_id);
    if (!holder) refuse('holder_unknown', {}, { field: 'holder_id' });
    const account_id =
      (await advanceAccountOf(ctx, holder_id, bank.currency)) ?? (await openFor(ctx, holder_id, bank.currency));
    const spending = await askForSpending(ctx, {
      ...{
        ...asked,
        kind: 'advance',
        debit_account_id: account_id,
        credit_account_id: bank_account_id,
        payee_name: holder,
      },
      ...{ payee_id: holder_id, is_payee_public: false, is_photo_public: false, file_hashes: [] },
    });
    const until = due_on ?? addDays(today, ADVANCE_DAYS);
    await insertAdvance(ctx, { spending_id: spending.id, account_id, holder_id, due_on: until });
    record(ctx, 'advance.asked', { kind: 'spending', id: spending.id }, { account_id, due_on: until });
    return { ...spending, account_id, due_on: until };
  },
});

/** An account for what somebody has in hand. It is theirs alone, so it is named for what it is and not for them. */
async function openFor(ctx: Ctx, holder_id: string, currency: string): Promise<string> {
  const id = ctx.newId<'account'>();
  const fact = { kind: 'advance' as const, currency, fund_id: null, project_id: null, category: null, restriction: {} };
  await insertAccount(ctx, { ...fact, id, holder_id, names: { 'zh-CN': '预支款', en: 'Advance' } });
  record(ctx, 'account.opened', { kind: 'account', id }, fact);
  return id;
}

/** Takes the rest of an advance back into a bank account. */
export const return_advance = command({
  name: 'funds.return_advance',
  input: z.object({
    account_id: z.uuid(),
    bank_account_id: z.uuid(),
    amount_fen: amount,
    received_on: z.iso.date().optional(),
  }),
  async run(ctx, { account_id, bank_account_id, amount_fen, received_on }) {
    demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'account', id: account_id });
    const [advance, bank] = [await findAccount(ctx, account_id), await findAccount(ctx, bank_account_id)];
    if (advance?.kind !== 'advance') refuse('account_unknown', {}, { field: 'account_id' });
    if (bank?.kind !== 'bank') refuse('account_unknown', {}, { field: 'bank_account_id' });
    const [row] = await postTransfers(ctx, [
      {
        ...{ kind: 'return', debit_account_id: bank_account_id, credit_account_id: account_id, amount_fen },
        effective_on: received_on,
      },
    ]);
    return { id: row!.id };
  },
});
