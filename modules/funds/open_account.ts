import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { insertAccount, type NewAccount } from './account.store.ts';

/** Opens an account for whoever has judged that it may be: its row, and the fact that the log keeps of it. */
export async function openAccount(ctx: Ctx, account: NewAccount): Promise<void> {
  await insertAccount(ctx, account);
  const { id, kind, currency, fund_id, project_id, category, restriction } = account;
  const fact = { kind, currency, fund_id, project_id, category, restriction };
  record(ctx, 'account.opened', { kind: 'account', id }, fact);
}
