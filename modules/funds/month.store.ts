import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

/** Months that are closed, the latest first. */
export async function closedMonths(ctx: Ctx, limit = 120): Promise<{ month: string; closed_at: Date }[]> {
  const { rows } = await sql<{ month: string; closed_at: Date }>`
    select month::text, closed_at from closed_months where community_id = ${ctx.community.id}
    order by month desc limit ${limit}`.execute(ctx.tx);
  return rows;
}

/** Writes that a month is closed, with what was in it. */
export async function insertClosedMonth(
  ctx: Ctx,
  month: string,
): Promise<{ transfer_count: number; amount_fen: number }> {
  const { rows } = await sql<{ transfer_count: number; amount_fen: number }>`
    insert into closed_months (community_id, month, closed_at, closed_by_id, transfer_count, amount_fen)
    select ${ctx.community.id}::uuid, ${month}::date, ${ctx.now}::timestamptz, ${ctx.actor.id}::uuid, count(*)::int,
      coalesce(sum(amount_fen), 0)::bigint
    from transfers where community_id = ${ctx.community.id} and flow in ('posted', 'post')
      and effective_on >= ${month}::date and effective_on < (${month}::date + interval '1 month')
    returning transfer_count, amount_fen`.execute(ctx.tx);
  return rows[0]!;
}

/** The month of the first transfer, or null when there is none. */
export async function firstMonth(ctx: Ctx): Promise<string | null> {
  const { rows } = await sql<{ month: string | null }>`
    select date_trunc('month', min(effective_on))::date::text as month from transfers where community_id = ${ctx.community.id}`.execute(
    ctx.tx,
  );
  return rows[0]?.month ?? null;
}

/** When the first transfer was written, or null when there is none. */
export async function firstInstant(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    select at from transfers where community_id = ${ctx.community.id} order by at, sequence limit 1`.execute(ctx.tx);
  return rows[0]?.at ?? null;
}

/** How many spendings and advances still wait with a day in a month. */
export async function pendingIn(ctx: Ctx, month: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from transfers t where t.community_id = ${ctx.community.id} and t.flow = 'pending'
      and t.effective_on >= ${month}::date and t.effective_on < (${month}::date + interval '1 month')
      and not exists (select 1 from transfers r where r.community_id = t.community_id and r.pending_id = t.id)`.execute(
    ctx.tx,
  );
  return rows[0]!.count;
}
