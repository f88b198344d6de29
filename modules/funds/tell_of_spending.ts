import { system } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { notify, settleNotices } from '#platform/notify.ts';
import { approversOf } from './approvers.ts';
import { isPartyTo } from './spending.ts';

type Told = { id: string; purpose: string; requested_by_id: string; payee_id: string | null };

/** Word to everybody who may decide about a spending that waits, once each; not to whoever has a part in it. */
export async function tellApprovers(ctx: Ctx, spending: Told, paid_from_holder_id: string | null): Promise<void> {
  for (const { person_id } of await approversOf(ctx)) {
    if (isPartyTo(spending, [person_id]) || person_id === paid_from_holder_id) continue;
    await notify(ctx, { ...of(spending), person_id, template: 'spending_waits', is_for_work: true }, spending.id);
  }
}

/** Word to whoever asked. Those who were to decide are not told any more of what is decided. */
export async function tellDecided(ctx: Ctx, spending: Told, decision: 'posted' | 'refused'): Promise<void> {
  const approvers = await approversOf(ctx);
  await settleNotices(
    ctx,
    'spending_waits',
    spending.id,
    approvers.map((one) => one.person_id),
  );
  if (spending.requested_by_id === system.id) return;
  const template = `spending_${decision}`;
  await notify(ctx, { ...of(spending), person_id: spending.requested_by_id, template, is_for_work: true }, spending.id);
}

const of = ({ id, purpose }: Told) => ({ vars: { purpose }, subject: { kind: 'spending', id } });
