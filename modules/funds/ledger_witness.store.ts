import { sql } from 'kysely';
import type { LogFinding } from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';
import { wrongSums } from './account.store.ts';
import { booksWitness } from './books_witness.store.ts';
import { differing } from './differing.store.ts';
import { givingWitness } from './giving_witness.store.ts';

/**
 * Compares the ledger with the facts that were logged when it was written: every transfer, account and closed month is what
 * its fact says and none is more or fewer, every account's rows lead from one balance to the next, and its sums are theirs.
 * Gifts and spendings, promises, grants, advances and disclosures likewise. Reads everything; a few seconds a million rows.
 */
export async function ledgerWitness(ctx: Ctx): Promise<LogFinding[]> {
  const sums = (await wrongSums(ctx)).map(({ account_id }) => ({
    ...{ code: 'sums_differ', table: 'accounts', id: account_id },
  }));
  const parts = [
    await changedTransfers(ctx),
    await brokenChains(ctx),
    await changedAccounts(ctx),
    await changedMonths(ctx),
    await givingWitness(ctx),
    await booksWitness(ctx),
  ];
  return [...parts.flat(), ...sums];
}

const changedTransfers = (ctx: Ctx) =>
  differing(
    ctx,
    'transfers',
    sql`select subject_id as id, data from events where community_id = ${ctx.community.id}
      and kind in ('transfer.posted', 'transfer.held', 'transfer.voided')`,
    sql`select t.id, jsonb_build_object('batch_id', batch_id, 'kind', kind, 'flow', flow, 'pending_id', pending_id, 'reverses_id', reverses_id,
        'debit_account_id', debit_account_id, 'credit_account_id', credit_account_id, 'amount_fen', amount_fen,
        'effective_on', effective_on::text, 'category', category, 'cause_kind', cause_kind, 'cause_id', cause_id,
        'debit_balance_fen', debit_balance_fen, 'credit_balance_fen', credit_balance_fen,
        'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'seal', encode(sha256(convert_to(t.id::text || '/' || actor_id::text || '/' || coalesce(reason, ''), 'UTF8')), 'hex')) as data
      from transfers t where community_id = ${ctx.community.id}`,
  );

/** An account's rows in their order lead from one balance to the next: a row put elsewhere breaks two of them. */
async function brokenChains(ctx: Ctx): Promise<LogFinding[]> {
  const { rows } = await sql<LogFinding>`
    with sides as (
      select t.id, t.sequence, t.at, a.id as account_id, case when t.flow in ('posted', 'post') then t.amount_fen else 0 end
          * case when a.side = 'debit' then 1 else -1 end as change, t.debit_balance_fen as balance
      from transfers t join accounts a on a.community_id = t.community_id and a.id = t.debit_account_id where t.community_id = ${ctx.community.id}
      union all
      select t.id, t.sequence, t.at, a.id, case when t.flow in ('posted', 'post') then t.amount_fen else 0 end
          * case when a.side = 'credit' then 1 else -1 end, t.credit_balance_fen
      from transfers t join accounts a on a.community_id = t.community_id and a.id = t.credit_account_id where t.community_id = ${ctx.community.id}
    ), chained as (
      select id, balance - change as before,
        coalesce(lag(balance) over (partition by account_id order by at, sequence), 0) as last from sides
    )
    select distinct 'balance_broken' as code, 'transfers' as "table", id::text from chained where before <> last limit 10000`.execute(
    ctx.tx,
  );
  return rows;
}

const changedAccounts = (ctx: Ctx) =>
  differing(
    ctx,
    'accounts',
    sql`select subject_id as id, data from events where community_id = ${ctx.community.id} and kind = 'account.opened'`,
    sql`select id, jsonb_build_object('kind', kind, 'currency', currency, 'fund_id', fund_id, 'project_id', project_id,
        'category', category, 'restriction', restriction) as data
      from accounts where community_id = ${ctx.community.id}`,
  );

const changedMonths = (ctx: Ctx) =>
  differing(
    ctx,
    'closed_months',
    sql`select data->>'month' as id, data from events where community_id = ${ctx.community.id} and kind = 'month.closed'`,
    sql`select month::text as id, jsonb_build_object('month', month::text, 'transfer_count', transfer_count, 'amount_fen', amount_fen) as data
      from closed_months where community_id = ${ctx.community.id}`,
  );
