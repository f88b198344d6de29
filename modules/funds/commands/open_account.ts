import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { closeAccount, findAccount } from '../account.store.ts';
import { ACCOUNT_KINDS, availableOf, isRestricted } from '../account.ts';
import { fundPolicy } from '../fund.policy.ts';
import { openAccount } from '../open_account.ts';
import { lockAccounts } from '../transfer.store.ts';

const name = z.string().trim().min(1).max(80);
const code = z.string().regex(/^[a-z0-9_]{1,60}$/);

/** Opens an account: a bank account, a fund with what its giver allows, a budget line of a fund, somebody's advance. */
export const open_account = command({
  name: 'funds.open_account',
  input: z.object({
    kind: z.enum(ACCOUNT_KINDS),
    names: z.object({ 'zh-CN': name, en: name }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('CNY'),
    fund_id: z.uuid().nullable().default(null),
    project_id: z.uuid().nullable().default(null),
    category: code.nullable().default(null),
    holder_id: z.uuid().nullable().default(null),
    restriction: z
      .object({ projects: z.array(z.uuid()).max(100).optional(), categories: z.array(code).max(50).optional() })
      .default({}),
  }),
  async run(ctx, input) {
    const id = ctx.newId<'account'>();
    demand(fundPolicy, 'open_account', generalRelations(ctx.actor), { kind: 'account', id });
    if ((input.kind === 'budget_line') !== (input.fund_id !== null)) refuse('fund_needed', {}, { field: 'fund_id' });
    if ((input.kind === 'advance') !== (input.holder_id !== null)) refuse('holder_needed', {}, { field: 'holder_id' });
    if (input.fund_id) {
      const fund = await findAccount(ctx, input.fund_id);
      if (fund?.kind !== 'fund' || fund.closed_at) refuse('account_unknown', {}, { field: 'fund_id' });
      if (fund.currency !== input.currency) refuse('currencies_differ', {}, { field: 'currency' });
    }
    if (input.kind !== 'fund' && isRestricted(input)) refuse('restriction_of_fund', {}, { field: 'restriction' });
    // Lists that name nothing would still set a line apart: the lines that gifts alone fill are found by their restriction.
    const restriction = input.kind === 'fund' ? input.restriction : {};
    await openAccount(ctx, { id, ...input, restriction });
    return { id };
  },
});

/** Closes an account that has nothing left and nothing held back. */
export const close_account = command({
  name: 'funds.close_account',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    demand(fundPolicy, 'open_account', generalRelations(ctx.actor), { kind: 'account', id });
    const account = (await lockAccounts(ctx, [id])).get(id) ?? notFound('account', id);
    if (account.closed_at) notFound('account', id);
    const { debits_pending_fen, credits_pending_fen } = account;
    if (account.is_bounded && (availableOf(account) !== 0 || debits_pending_fen + credits_pending_fen > 0))
      refuse('account_not_empty');
    await closeAccount(ctx, id);
    record(ctx, 'account.closed', { kind: 'account', id });
    return { id };
  },
});
