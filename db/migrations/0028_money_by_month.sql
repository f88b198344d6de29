-- What was spent, by where it was taken from, use and month, so that any period of months is a sum of few rows. A reversal
-- takes away in its own month: a month that is past stays what it was.
create table monthly_spending (
  community_id uuid not null,
  fund_id uuid not null,
  -- The fund itself or one of its budget lines.
  account_id uuid not null,
  category text not null,
  month date not null check (extract(day from month) = 1),
  amount_fen bigint not null,
  count integer not null,
  primary key (community_id, fund_id, account_id, category, month),
  foreign key (community_id, fund_id) references accounts (community_id, id),
  foreign key (community_id, account_id) references accounts (community_id, id)
);
alter table spendings no force row level security;
alter table transfers no force row level security;
alter table accounts no force row level security;
insert into monthly_spending (community_id, fund_id, account_id, category, month, amount_fen, count)
select s.community_id, coalesce(a.fund_id, a.id), a.id, s.category, date_trunc('month', t.effective_on)::date,
  sum(case when t.kind = 'reversal' then -s.amount_fen else s.amount_fen end),
  sum(case when t.kind = 'reversal' then -1 else 1 end)
from spendings s join accounts a on a.community_id = s.community_id and a.id = s.debit_account_id
  join transfers t on t.community_id = s.community_id and coalesce(t.reverses_id, t.id) = s.transfer_id
where s.state = 'posted' and s.kind <> 'advance'
group by 1, 2, 3, 4, 5;
alter table spendings force row level security;
alter table transfers force row level security;
alter table accounts force row level security;
drop table spending_totals;
call guard_table('monthly_spending', 'select, insert, update');

-- A photographed receipt that shows nothing private may be looked at by everybody.
alter table spendings add column is_photo_public boolean not null default false;
create index spendings_by_amount on spendings (community_id, amount_fen desc, id) where state = 'posted';
create index spendings_by_account on spendings (community_id, debit_account_id, id);
-- What is held back is few among many.
create index transfers_held on transfers (community_id, at) where flow = 'pending';
