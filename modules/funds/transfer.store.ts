import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import type { Account } from './account.ts';
import { monthOf } from './month.ts';
import { type Flow, move, type NewTransfer, type TransferKind } from './transfer.ts';

export type TransferRow = {
  id: string;
  batch_id: string;
  kind: TransferKind;
  flow: Flow;
  pending_id: string | null;
  reverses_id: string | null;
  debit_account_id: string;
  credit_account_id: string;
  amount_fen: number;
  effective_on: string;
  at: Date;
  actor_id: string;
  reason: string | null;
  category: string | null;
  cause_kind: string | null;
  cause_id: string | null;
  debit_balance_fen: number;
  credit_balance_fen: number;
};

export type WantedTransfer = NewTransfer & {
  effective_on: string;
  pending_id?: string;
  reverses_id?: string;
  reason?: string | null;
  cause?: { kind: string; id: string } | null;
};

const LOCK_SPACE = 7_204;

/** The accounts by id, locked in one order so that two batches over the same accounts wait instead of blocking each other. */
export async function lockAccounts(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Account>> {
  const { rows } = await sql<Account>`
    select id, kind, names, currency, side, is_bounded, fund_id, project_id, category, holder_id, restriction, closed_at, moved_at,
      debits_posted_fen, credits_posted_fen, debits_pending_fen, credits_pending_fen
    from accounts where community_id = ${ctx.community.id} and id = any (${[...new Set(ids)]}::uuid[])
    order by id for update`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Writes transfers, all or none: locks their accounts, moves each amount by the rules, and keeps sums and rows in the same
 * transaction. Refused with where: unknown or closed accounts, a closed month, a bound, a budget line or a restriction.
 */
export async function writeTransfers(ctx: Ctx, wanted: readonly WantedTransfer[]): Promise<TransferRow[]> {
  await demandOpenMonths(ctx, wanted);
  const accounts = await lockAccounts(
    ctx,
    wanted.flatMap((one) => [one.debit_account_id, one.credit_account_id]),
  );
  const batch_id = ctx.newId();
  const at = new Date(
    Math.max(ctx.now.getTime(), ...[...accounts.values()].map((one) => one.moved_at?.getTime() ?? 0)),
  );
  const rows = wanted.map((one, i) => {
    const [debit, credit] = [accounts.get(one.debit_account_id), accounts.get(one.credit_account_id)];
    if (!debit || !credit) refuse('account_unknown', {}, { field: `transfers.${i}`, line: i + 1 });
    const moved = move(debit, credit, one);
    if ('objection' in moved)
      refuse(moved.objection, {}, { field: `transfers.${i}`, line: i + 1, kind: 'transfer', id: one.id });
    const { id, kind, flow, debit_account_id, credit_account_id, amount_fen, effective_on } = one;
    return {
      ...{ id, batch_id, kind, flow, debit_account_id, credit_account_id, amount_fen, effective_on, ...moved },
      ...{ pending_id: one.pending_id ?? null, reverses_id: one.reverses_id ?? null },
      ...{ reason: one.reason ?? null, category: one.category ?? null },
      ...{ cause_kind: one.cause?.kind ?? null, cause_id: one.cause?.id ?? null },
      ...{ at, actor_id: ctx.actor.id },
    };
  });
  await keepSums(ctx, [...accounts.values()], at);
  await insertTransfers(ctx, rows);
  return rows;
}

async function keepSums(ctx: Ctx, accounts: readonly Account[], at: Date): Promise<void> {
  const sums = accounts.map(
    ({ id, debits_posted_fen, credits_posted_fen, debits_pending_fen, credits_pending_fen }) => ({
      ...{ id, debits_posted_fen, credits_posted_fen, debits_pending_fen, credits_pending_fen },
    }),
  );
  await sql`
    update accounts a set debits_posted_fen = s.debits_posted_fen, credits_posted_fen = s.credits_posted_fen,
      debits_pending_fen = s.debits_pending_fen, credits_pending_fen = s.credits_pending_fen, moved_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(sums)}::jsonb) as s (id uuid, debits_posted_fen bigint, credits_posted_fen bigint,
      debits_pending_fen bigint, credits_pending_fen bigint)
    where a.community_id = ${ctx.community.id} and a.id = s.id`.execute(ctx.tx);
}

async function insertTransfers(ctx: Ctx, rows: readonly TransferRow[]): Promise<void> {
  await sql`
    insert into transfers (community_id, id, batch_id, kind, flow, pending_id, reverses_id, debit_account_id, credit_account_id,
      amount_fen, effective_on, at, actor_id, reason, category, cause_kind, cause_id, debit_balance_fen, credit_balance_fen)
    select ${ctx.community.id}::uuid, id, batch_id, kind, flow, pending_id, reverses_id, debit_account_id, credit_account_id,
      amount_fen, effective_on, at, actor_id, reason, category, cause_kind, cause_id, debit_balance_fen, credit_balance_fen
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (id uuid, batch_id uuid, kind text, flow text, pending_id uuid,
      reverses_id uuid, debit_account_id uuid, credit_account_id uuid, amount_fen bigint, effective_on date, at timestamptz,
      actor_id uuid, reason text, category text, cause_kind text, cause_id uuid, debit_balance_fen bigint, credit_balance_fen bigint)`.execute(
    ctx.tx,
  );
}

/** Keeps a month from being closed while a transfer into it is on its way, and refuses one into a month that is closed. */
async function demandOpenMonths(ctx: Ctx, wanted: readonly WantedTransfer[]): Promise<void> {
  const months = [...new Set(wanted.map((one) => monthOf(one.effective_on)))].sort();
  for (const month of months)
    await sql`select pg_advisory_xact_lock_shared(${LOCK_SPACE}, hashtext(${ctx.community.id + month}))`.execute(
      ctx.tx,
    );
  const { rows } = await sql<{ month: string }>`
    select month::text from closed_months where community_id = ${ctx.community.id} and month = any (${months}::date[])`.execute(
    ctx.tx,
  );
  if (rows[0]) refuse('month_closed', { month: rows[0].month.slice(0, 7) }, { field: 'effective_on' });
}

/** Waits for every transfer into a month that is on its way, and lets no new one begin until this command ends. */
export async function lockMonth(ctx: Ctx, month: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE}, hashtext(${ctx.community.id + month}))`.execute(ctx.tx);
}

export async function findTransfer(ctx: Ctx, id: string): Promise<TransferRow | undefined> {
  const row = await ctx.tx
    .selectFrom('transfers')
    .selectAll()
    .select(sql<string>`effective_on::text`.as('effective_on'))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row as TransferRow | undefined;
}

/** The days that transfers belong to. */
export async function daysOfTransfers(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; effective_on: string }>`
    select id, effective_on::text as effective_on from transfers where community_id = ${ctx.community.id} and id = any (${[...ids]}::uuid[])`.execute(
    ctx.tx,
  );
  return new Map(rows.map((row) => [row.id, row.effective_on]));
}

/** What an account had, posted, at an instant: one look-up on each side, whatever has happened since. */
export async function balanceAt(ctx: Ctx, accountId: string, at: Date): Promise<number> {
  const { rows } = await sql<{ balance: number | null }>`
    select balance from (
      (select at, sequence, debit_balance_fen as balance from transfers where community_id = ${ctx.community.id}
        and debit_account_id = ${accountId} and at <= ${at} order by at desc, sequence desc limit 1)
      union all
      (select at, sequence, credit_balance_fen from transfers where community_id = ${ctx.community.id}
        and credit_account_id = ${accountId} and at <= ${at} order by at desc, sequence desc limit 1)
    ) last order by at desc, sequence desc limit 1`.execute(ctx.tx);
  return rows[0]?.balance ?? 0;
}

/** The row that resolved (`pending_id`) or reversed (`reverses_id`) a transfer. */
export async function followerOf(ctx: Ctx, id: string, by: 'pending_id' | 'reverses_id'): Promise<string | null> {
  const row = await ctx.tx
    .selectFrom('transfers')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where(by, '=', id)
    .executeTakeFirst();
  return row?.id ?? null;
}

export const isReversed = async (ctx: Ctx, id: string): Promise<boolean> =>
  (await followerOf(ctx, id, 'reverses_id')) !== null;

/** What is held back and neither posted nor let go, the oldest first. */
export async function heldTransfers(ctx: Ctx, limit: number): Promise<TransferRow[]> {
  const { rows } = await sql<TransferRow>`
    select t.*, t.effective_on::text as effective_on from transfers t
    where t.community_id = ${ctx.community.id} and t.flow = 'pending'
      and not exists (select 1 from transfers r where r.community_id = t.community_id and r.pending_id = t.id)
    order by t.at limit ${limit}`.execute(ctx.tx);
  return rows;
}
