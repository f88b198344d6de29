import type pg from 'pg';
import { type FieldKeys, seal } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import { ID } from './full_scale.ts';

/** How much of everything the ledger is measured on. */
export const LEDGER_SCALE = { transfers: 1_000_000, banks: 12, funds: 200, lines: 341, donors: 5_000 };

const CHUNK = 10_000;
const USES = ['repairs', 'care', 'meetings', 'materials'];

/**
 * Fills a ledger up to full size over three years: of every ten transfers six are gifts with receipts, one goes to a
 * project's budget, three are spendings; each with its fact and its receipt of being written, as commands leave them.
 */
export async function fillLedger(client: pg.ClientBase, community_id: string, keys: FieldKeys): Promise<void> {
  await client.query("select set_config('app.community_id', $1, false)", [community_id]);
  const actor_id = newId();
  await openAccounts(client, community_id, actor_id);
  await planTransfers(client);
  const columns = `community_id, id, batch_id, kind, flow, debit_account_id, credit_account_id, amount_fen, effective_on, at, actor_id, category,
    cause_kind, cause_id, debit_balance_fen, credit_balance_fen`;
  await client.query(
    `insert into transfers (${columns})
    select $1, id, id, kind, 'posted', debit_id, credit_id, amount_fen, (at at time zone 'UTC')::date, at, $2::uuid, use,
      case kind when 'donation' then 'donation' when 'expense' then 'spending' end, cause_id, debit_balance, credit_balance
    from plan order by n`,
    [community_id, actor_id],
  );
  await writeSums(client);
  await writeGifts(client, community_id, actor_id, keys);
  await writeSpendings(client, community_id, actor_id, keys);
  await client.query(
    `insert into receipts (community_id, id, command, actor_id, input_hash, answer, created_at)
    select $1, id, 'funds.post_transfers', $2, '\\x00', '{}', at from plan`,
    [community_id, actor_id],
  );
  await client.query(
    `insert into events (community_id, id, kind, at, actor_id, command_id, subject_kind, subject_id, data)
    select $1, ${ID('at', 'event')}, 'transfer.posted', at, $2, id, 'transfer', id, jsonb_build_object('kind', kind, 'amount_fen', amount_fen,
      'debit_account_id', debit_id, 'credit_account_id', credit_id, 'debit_balance_fen', debit_balance, 'credit_balance_fen', credit_balance)
    from plan`,
    [community_id, actor_id],
  );
}

async function openAccounts(client: pg.ClientBase, community_id: string, actor_id: string): Promise<void> {
  const { banks, funds, lines } = LEDGER_SCALE;
  await client.query(`create temp table places as
    select kind, i, ${ID("(now() - interval '4 years')", 'account').replaceAll('|| n', '|| kind || i')} as id
    from (select 'bank' as kind, generate_series(0, ${banks - 1}) as i union all select 'fund', generate_series(0, ${funds - 1})
      union all select 'budget_line', generate_series(0, ${lines - 1})) as wanted`);
  await client.query(
    `insert into accounts (community_id, id, kind, names, side, is_bounded, fund_id, project_id, category, opened_at, opened_by_id)
    select $1, p.id, p.kind, jsonb_build_object('zh-CN', '账户' || p.i, 'en', 'Account ' || p.i), case p.kind when 'bank' then 'debit' else 'credit' end, true,
      f.id, case p.kind when 'budget_line' then p.id end, case p.kind when 'budget_line' then 'repairs' end, now() - interval '4 years', $2
    from places p left join places f on p.kind = 'budget_line' and f.kind = 'fund' and f.i = p.i % ${funds} order by p.kind desc`,
    [community_id, actor_id],
  );
}

/** What each transfer is, between which accounts, and what both have after it. */
async function planTransfers(client: pg.ClientBase): Promise<void> {
  const { transfers, banks, funds, lines } = LEDGER_SCALE;
  await client.query(`create temp table moves as
    select n, at, ${ID('at', 't')} as id, ${ID('at', 'cause')} as cause, t.kind, amount_fen,
      case when t.kind = 'allocation' then f.id when t.kind = 'expense' and n % 10 = 8 then l.id when t.kind = 'expense' then f.id else b.id end as debit_id,
      case when t.kind = 'allocation' then l.id when t.kind = 'expense' then b.id else f.id end as credit_id,
      case when t.kind = 'donation' then null when n % 10 in (7, 8) then 'repairs' else ('{${USES.join(',')}}'::text[])[1 + (n / 10) % ${USES.length}] end as use
    from (select n, n / 10 as g, now() - make_interval(secs => (${transfers} - n) * 94.0) as at,
        case when n % 10 < 6 then 'donation' when n % 10 = 7 then 'allocation' else 'expense' end as kind,
        case when n % 10 < 6 then 2000 + (n % 50000 * 7919) % 50000 when n % 10 = 7 then 1000 else 300 + n % 600 end as amount_fen
      from generate_series(0, ${transfers - 1}) n) t
      join places b on b.kind = 'bank' and b.i = g % ${banks}
      join places l on l.kind = 'budget_line' and l.i = g % ${lines}
      join places f on f.kind = 'fund' and f.i = l.i % ${funds}`);
  await client.query(`create temp table plan as
    with sides as (
      select n, debit_id as account_id, amount_fen * case when p.kind = 'bank' then 1 else -1 end as change from moves join places p on p.id = debit_id
      union all
      select n, credit_id, amount_fen * case when p.kind = 'bank' then -1 else 1 end from moves join places p on p.id = credit_id
    ), summed as (
      select n, account_id, sum(change) over (partition by account_id order by n) as balance from sides
    )
    select m.*, case when kind = 'allocation' then null else cause end as cause_id, d.balance as debit_balance, c.balance as credit_balance
    from moves m join summed d on d.n = m.n and d.account_id = m.debit_id join summed c on c.n = m.n and c.account_id = m.credit_id`);
  await client.query('analyze plan');
}

async function writeSums(client: pg.ClientBase): Promise<void> {
  await client.query(`with sums as (
      select id, sum(debits) as debits, sum(credits) as credits, max(at) as at from (
        select debit_id as id, amount_fen as debits, 0 as credits, at from plan union all select credit_id, 0, amount_fen, at from plan
      ) sides group by id
    )
    update accounts a set debits_posted_fen = s.debits, credits_posted_fen = s.credits, moved_at = s.at from sums s where s.id = a.id`);
}

async function writeGifts(
  client: pg.ClientBase,
  community_id: string,
  actor_id: string,
  keys: FieldKeys,
): Promise<void> {
  const donors = Array.from({ length: LEDGER_SCALE.donors }, () => newId());
  const names = donors.map((id, i) => seal(keys, `donors/name/${id}`, `捐赠人${i}`));
  await client.query(
    `insert into donors (community_id, id, name_sealed, is_hidden, created_at, created_by_id)
    select $1, id, name, i % 4 = 0, now(), $2 from unnest($3::uuid[], $4::bytea[]) with ordinality as d (id, name, i)`,
    [community_id, actor_id, donors, names],
  );
  await client.query(
    `insert into donations (community_id, id, donor_id, kind, amount_fen, fund_id, transfer_id, received_on, receipt_year, receipt_number, recorded_at, recorded_by_id)
    select $1, cause_id, ($3::uuid[])[1 + n % ${LEDGER_SCALE.donors}], 'money', amount_fen, credit_id, id, (at at time zone 'UTC')::date,
      extract(year from at), row_number() over (partition by extract(year from at) order by n), at, $2
    from plan where kind = 'donation' order by n`,
    [community_id, actor_id, donors],
  );
  await client.query(
    'insert into receipt_numbers (community_id, year, last_number) select community_id, receipt_year, max(receipt_number) from donations group by 1, 2',
  );
}

async function writeSpendings(
  client: pg.ClientBase,
  community_id: string,
  actor_id: string,
  keys: FieldKeys,
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    "select cause_id as id from plan where kind = 'expense' order by n",
  );
  for (let from = 0; from < rows.length; from += CHUNK) {
    const ids = rows.slice(from, from + CHUNK).map((row) => row.id);
    const payees = ids.map((id) => seal(keys, `spendings/payee_name/${id}`, '五金店'));
    await client.query(
      `insert into spendings (community_id, id, kind, debit_account_id, credit_account_id, amount_fen, purpose, category, payee_name_sealed, is_payee_public,
        approvals_needed, requested_at, requested_by_id, state, decided_at, transfer_id)
      select $1, p.cause_id, 'expense', p.debit_id, p.credit_id, p.amount_fen, '买灯', p.use, s.payee, true, 1, p.at, $2, 'posted', p.at, p.id
      from unnest($3::uuid[], $4::bytea[]) as s (id, payee) join plan p on p.cause_id = s.id`,
      [community_id, actor_id, ids, payees],
    );
    if (from === 0) await client.query('create index on plan (cause_id)');
  }
  await client.query(
    `insert into monthly_spending (community_id, fund_id, account_id, category, month, amount_fen, count)
    select s.community_id, coalesce(a.fund_id, a.id), a.id, s.category, date_trunc('month', t.effective_on), sum(s.amount_fen), count(*)
    from spendings s join accounts a on a.community_id = s.community_id and a.id = s.debit_account_id
      join transfers t on t.community_id = s.community_id and t.id = s.transfer_id group by 1, 2, 3, 4, 5`,
  );
}
