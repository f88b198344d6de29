import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { type Account, type AccountKind, shapeOf } from './account.ts';

export type NewAccount = Pick<
  Account,
  'id' | 'kind' | 'names' | 'currency' | 'fund_id' | 'project_id' | 'category' | 'holder_id' | 'restriction'
>;

export async function insertAccount(ctx: Ctx, { names, restriction, ...account }: NewAccount): Promise<void> {
  await ctx.tx
    .insertInto('accounts')
    .values({
      ...account,
      ...shapeOf(account.kind),
      names: JSON.stringify(names),
      restriction: JSON.stringify(restriction),
      community_id: ctx.community.id,
      opened_at: ctx.now,
      opened_by_id: ctx.actor.id,
    })
    .execute();
}

export async function closeAccount(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx
    .updateTable('accounts')
    .set({ closed_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export async function findAccount(ctx: Ctx, id: string): Promise<Account | undefined> {
  const row = await ctx.tx
    .selectFrom('accounts')
    .selectAll()
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row as Account | undefined;
}

/** Accounts by kind, fund or project, in the order they were opened; `after` is the last id of the page before. */
export async function accountsBy(
  ctx: Ctx,
  by: { kind?: AccountKind; fund_id?: string; project_id?: string; open?: boolean; after?: string; limit: number },
): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select * from accounts where community_id = ${ctx.community.id}
      and (${by.kind ?? null}::text is null or kind = ${by.kind ?? null})
      and (${by.fund_id ?? null}::uuid is null or fund_id = ${by.fund_id ?? null})
      and (${by.project_id ?? null}::uuid is null or project_id = ${by.project_id ?? null})
      and (not ${by.open ?? false}::boolean or closed_at is null)
      and (${by.after ?? null}::uuid is null or id > ${by.after ?? null})
    order by id limit ${by.limit}`.execute(ctx.tx);
  return rows;
}

type Use = { fund_id: string; project_id: string | null; category: string | null };

/** The line of a fund that what was given for one use alone lies in. */
export async function findRestrictedLine(ctx: Ctx, use: Use): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select * from accounts where community_id = ${ctx.community.id} and kind = 'budget_line' and restriction <> '{}'
      and fund_id = ${use.fund_id} and project_id is not distinct from ${use.project_id}::uuid
      and category is not distinct from ${use.category}::text and closed_at is null`.execute(ctx.tx);
  return rows[0];
}

const LOCK_SPACE = 7_206;

/** Waits for whoever gives for the same use at this moment, until this command ends. */
export async function lockUse(ctx: Ctx, { fund_id, project_id, category }: Use): Promise<void> {
  const use = [ctx.community.id, fund_id, project_id, category].join('/');
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE}, hashtext(${use}))`.execute(ctx.tx);
}

export type BooksFinding = { code: string; account_id: string };

/** Accounts whose kept sums are not the sums of their rows: none, ever. Reads every transfer. */
export async function wrongSums(ctx: Ctx): Promise<BooksFinding[]> {
  const { rows } = await sql<BooksFinding>`
    with moved as (
      select t.debit_account_id, t.credit_account_id, t.flow, t.amount_fen, p.amount_fen as held_fen
      from transfers t left join transfers p on p.community_id = t.community_id and p.id = t.pending_id
      where t.community_id = ${ctx.community.id}
    ), sides as (
      select debit_account_id as id, case when flow in ('posted', 'post') then amount_fen else 0 end as debits, 0::bigint as credits,
        case flow when 'pending' then amount_fen when 'posted' then 0 else -held_fen end as debits_held, 0::bigint as credits_held from moved
      union all
      select credit_account_id, 0, case when flow in ('posted', 'post') then amount_fen else 0 end, 0,
        case flow when 'pending' then amount_fen when 'posted' then 0 else -held_fen end from moved
    ), sums as (
      select id, sum(debits) as debits, sum(credits) as credits, sum(debits_held) as debits_held, sum(credits_held) as credits_held
      from sides group by id
    )
    select 'sums_differ' as code, a.id as account_id from accounts a left join sums s on s.id = a.id
    where a.community_id = ${ctx.community.id}
      and (a.debits_posted_fen, a.credits_posted_fen, a.debits_pending_fen, a.credits_pending_fen)
        is distinct from (coalesce(s.debits, 0), coalesce(s.credits, 0), coalesce(s.debits_held, 0), coalesce(s.credits_held, 0))`.execute(
    ctx.tx,
  );
  return rows;
}
