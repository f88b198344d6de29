import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { PaidAdvance } from './advance.ts';

/** The open account of what somebody has in hand; asked for under a lock, so that there is one. */
export async function advanceAccountOf(ctx: Ctx, holder_id: string, currency: string): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext(${`advance/${ctx.community.id}/${holder_id}`}))`.execute(ctx.tx);
  const row = await ctx.tx
    .selectFrom('accounts')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('kind', '=', 'advance')
    .where('holder_id', '=', holder_id)
    .where('currency', '=', currency)
    .where('closed_at', 'is', null)
    .orderBy('id')
    .executeTakeFirst();
  return row?.id;
}

export async function insertAdvance(
  ctx: Ctx,
  advance: { spending_id: string; account_id: string; holder_id: string; due_on: string },
): Promise<void> {
  await ctx.tx
    .insertInto('advances')
    .values({ ...advance, community_id: ctx.community.id })
    .execute();
}

export type HeldAdvance = {
  account_id: string;
  holder_id: string;
  names: Record<string, string>;
  balance_fen: number;
  covered_fen: number;
  /** Paid out, in order; one that was reversed is none. */
  paid: PaidAdvance[];
  waiting_fen: number;
};

/** What people have in hand, with each advance that was paid out; `holder_id` for one of them. */
export async function heldAdvances(ctx: Ctx, holder_id?: string): Promise<HeldAdvance[]> {
  const { rows } = await sql<HeldAdvance>`
    select a.id as account_id, a.holder_id, a.names, (a.debits_posted_fen - a.credits_posted_fen)::bigint as balance_fen,
      (coalesce(p.paid_fen, 0) - (a.debits_posted_fen - a.credits_posted_fen))::bigint as covered_fen, coalesce(p.paid, '[]') as paid,
      coalesce(w.fen, 0)::bigint as waiting_fen
    from accounts a
      left join lateral (select sum(s.amount_fen) as paid_fen, json_agg(json_build_object('spending_id', s.id, 'amount_fen', s.amount_fen,
            'due_on', coalesce(d.due_on, (s.decided_at at time zone 'UTC')::date + 30)::text) order by s.decided_at, s.id) as paid
          from spendings s left join advances d on d.community_id = s.community_id and d.spending_id = s.id
          where s.community_id = a.community_id and s.debit_account_id = a.id and s.kind = 'advance' and s.state = 'posted'
            and not exists (select 1 from transfers r where r.community_id = s.community_id and r.reverses_id = s.transfer_id)) p on true
      left join lateral (select sum(s.amount_fen) as fen from spendings s where s.community_id = a.community_id and s.credit_account_id = a.id
          and s.kind = 'settlement' and s.state = 'waiting') w on true
    where a.community_id = ${ctx.community.id} and a.kind = 'advance' and a.closed_at is null
      and a.debits_posted_fen > a.credits_posted_fen
      and (${holder_id ?? null}::uuid is null or a.holder_id = ${holder_id ?? null})
    order by a.id limit 500`.execute(ctx.tx);
  return rows;
}
