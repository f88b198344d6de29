import { sql } from 'kysely';
import type { LogFinding } from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';
import { differing } from './differing.store.ts';

/**
 * Compares gifts and spendings with the facts that were logged when they were written and decided: each row is what its facts
 * say, none is more or fewer, approvals and photos are those that were given, and kept sums are those of the rows. Names are
 * sealed to their rows, so that they cannot be exchanged without the key. Reads everything.
 */
export async function givingWitness(ctx: Ctx): Promise<LogFinding[]> {
  const parts = [
    await differing(ctx, 'donations', donationFacts(ctx), donationRows(ctx)),
    await differing(ctx, 'spendings', spendingFacts(ctx), spendingRows(ctx)),
    await wrongMonths(ctx),
    await wrongReceiptNumbers(ctx),
  ];
  return parts.flat();
}

const donationFacts = (ctx: Ctx) => sql`
  select subject_id as id, data from events where community_id = ${ctx.community.id} and kind = 'donation.recorded'`;

const donationRows = (ctx: Ctx) => sql`
  select id, jsonb_build_object('donation_kind', kind, 'amount_fen', amount_fen, 'hours', hours, 'fund_id', fund_id,
    'transfer_id', transfer_id, 'receipt_year', receipt_year, 'receipt_number', receipt_number, 'received_on', received_on::text,
    'seal', encode(sha256(convert_to(id::text || '/' || donor_id::text || '/' || coalesce(description, ''), 'UTF8')), 'hex'))
    || case when budget_line_id is null then '{}'::jsonb else jsonb_build_object('budget_line_id', budget_line_id) end as data
  from donations where community_id = ${ctx.community.id}`;

const spendingFacts = (ctx: Ctx) => sql`
  select r.subject_id as id, r.data || jsonb_build_object('posted_by', p.data->>'transfer_id', 'refused', n.data->>'seal',
    'approvers', coalesce(a.all_of_them, '[]'::jsonb)) as data
  from events r
    left join events p on p.community_id = r.community_id and p.subject_id = r.subject_id and p.kind = 'spending.posted'
    left join events n on n.community_id = r.community_id and n.subject_id = r.subject_id and n.kind = 'spending.refused'
    left join (select subject_id, jsonb_agg(actor_id order by actor_id) as all_of_them from events
      where community_id = ${ctx.community.id} and kind = 'spending.approved' group by 1) a on a.subject_id = r.subject_id
  where r.community_id = ${ctx.community.id} and r.kind = 'spending.requested'`;

const spendingRows = (ctx: Ctx) => sql`
  select s.id, jsonb_build_object('spending_kind', kind, 'amount_fen', amount_fen, 'category', category,
    'debit_account_id', debit_account_id, 'credit_account_id', credit_account_id, 'approvals_needed', approvals_needed,
    'seal', encode(sha256(convert_to(s.id::text || '/' || requested_by_id::text || '/' || coalesce(payee_id::text, '') || '/'
      || is_payee_public::text || '/' || purpose, 'UTF8')), 'hex'),
    'files', coalesce(f.hashes, '[]'::jsonb), 'posted_by', case when state = 'posted' then transfer_id end,
    'refused', case when state = 'refused' then
      encode(sha256(convert_to(s.id::text || '/' || refused_by_id::text || '/' || refused_reason, 'UTF8')), 'hex') end,
    'approvers', coalesce(a.all_of_them, '[]'::jsonb))
    || case when is_photo_public then '{"is_photo_public": true}'::jsonb else '{}'::jsonb end as data
  from spendings s
    left join (select spending_id, jsonb_agg(file_hash order by file_hash collate "C") as hashes from spending_files
      where community_id = ${ctx.community.id} group by 1) f on f.spending_id = s.id
    left join (select spending_id, jsonb_agg(approver_id order by approver_id) as all_of_them from spending_approvals
      where community_id = ${ctx.community.id} group by 1) a on a.spending_id = s.id
  where s.community_id = ${ctx.community.id}`;

/** Kept sums of what was spent in a month that are not the sums of the spendings. */
async function wrongMonths(ctx: Ctx): Promise<LogFinding[]> {
  const { rows } = await sql<LogFinding>`
    with sums as (
      select a.id as account_id, s.category, date_trunc('month', t.effective_on)::date as month,
        sum(case when t.kind = 'reversal' then -s.amount_fen else s.amount_fen end) as amount_fen,
        sum(case when t.kind = 'reversal' then -1 else 1 end) as count
      from spendings s join accounts a on a.community_id = s.community_id and a.id = s.debit_account_id
        join transfers t on t.community_id = s.community_id and coalesce(t.reverses_id, t.id) = s.transfer_id
      where s.community_id = ${ctx.community.id} and s.state = 'posted' and s.kind <> 'advance'
      group by 1, 2, 3
    ), kept as (
      select account_id, category, month, amount_fen, count from monthly_spending where community_id = ${ctx.community.id}
    )
    select 'sums_differ' as code, 'monthly_spending' as "table",
      concat_ws('/', coalesce(k.account_id, s.account_id), coalesce(k.category, s.category), coalesce(k.month, s.month)) as id
    from kept k full join sums s on s.account_id = k.account_id and s.category = k.category and s.month = k.month
    where (coalesce(k.amount_fen, 0), coalesce(k.count, 0)) is distinct from (coalesce(s.amount_fen, 0), coalesce(s.count, 0))
    limit 10000`.execute(ctx.tx);
  return rows;
}

/** Years whose last receipt number is not how many receipts there are. */
async function wrongReceiptNumbers(ctx: Ctx): Promise<LogFinding[]> {
  const { rows } = await sql<LogFinding>`
    with given as (
      select receipt_year as year, count(*) as count from donations where community_id = ${ctx.community.id} group by 1
    ), taken as (
      select year, last_number from receipt_numbers where community_id = ${ctx.community.id}
    )
    select 'receipt_numbers_gap' as code, 'receipt_numbers' as "table", coalesce(t.year, g.year)::text as id
    from taken t full join given g on g.year = t.year where t.last_number is distinct from g.count`.execute(ctx.tx);
  return rows;
}
