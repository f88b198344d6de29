-- Who gave, what was given, and what was spent. The amounts themselves are transfers; these rows say why.

create table donors (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid,
  name_sealed bytea not null,
  -- What the giver asked for: a hidden name is never shown in public.
  is_hidden boolean not null,
  created_at timestamptz not null,
  created_by_id uuid not null,
  primary key (community_id, id)
);
create unique index donors_by_person on donors (community_id, person_id) where person_id is not null;
call guard_table('donors', 'select, insert, update');

-- The last receipt number of a year. Its row is locked by whoever takes the next one, in the transaction of the donation,
-- so that a number is never lost nor given twice.
create table receipt_numbers (
  community_id uuid not null references communities (id),
  year integer not null check (year between 1990 and 2200),
  last_number integer not null check (last_number > 0),
  primary key (community_id, year)
);
call guard_table('receipt_numbers', 'select, insert, update');

create table donations (
  community_id uuid not null,
  id uuid not null,
  donor_id uuid not null,
  kind text not null check (kind in ('money', 'goods', 'hours')),
  amount_fen bigint check (amount_fen > 0),
  hours numeric(8, 2) check (hours > 0),
  description text,
  fund_id uuid,
  transfer_id uuid,
  received_on date not null,
  receipt_year integer not null,
  receipt_number integer not null check (receipt_number > 0),
  recorded_at timestamptz not null,
  recorded_by_id uuid not null,
  primary key (community_id, id),
  foreign key (community_id, donor_id) references donors (community_id, id),
  foreign key (community_id, fund_id) references accounts (community_id, id),
  foreign key (community_id, transfer_id) references transfers (community_id, id),
  unique (community_id, receipt_year, receipt_number),
  unique (community_id, transfer_id),
  check ((kind = 'money') = (amount_fen is not null and fund_id is not null and transfer_id is not null)),
  check ((kind = 'hours') = (hours is not null)),
  check (kind <> 'goods' or description is not null)
);
create index donations_by_donor on donations (community_id, donor_id, id);
create index donations_by_fund on donations (community_id, fund_id, id) where fund_id is not null;
call guard_table('donations', 'select, insert');

create table spendings (
  community_id uuid not null,
  id uuid not null,
  -- expense: from a bank account; advance: money in somebody's hands; settlement: what was paid out of an advance.
  kind text not null check (kind in ('expense', 'advance', 'settlement')),
  debit_account_id uuid not null,
  credit_account_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  purpose text not null,
  category text not null check (category ~ '^[a-z0-9_]{1,60}$'),
  payee_name_sealed bytea not null,
  payee_id uuid,
  -- A shop or firm may be named in public, a neighbour is not.
  is_payee_public boolean not null,
  approvals_needed integer not null check (approvals_needed in (1, 2)),
  requested_at timestamptz not null,
  requested_by_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'posted', 'refused')),
  decided_at timestamptz,
  refused_by_id uuid,
  refused_reason text,
  transfer_id uuid,
  primary key (community_id, id),
  foreign key (community_id, debit_account_id) references accounts (community_id, id),
  foreign key (community_id, credit_account_id) references accounts (community_id, id),
  foreign key (community_id, transfer_id) references transfers (community_id, id),
  unique (community_id, transfer_id),
  check ((state = 'posted') = (transfer_id is not null)),
  check ((state = 'refused') = (refused_reason is not null)),
  check ((state = 'waiting') = (decided_at is null))
);
create index spendings_by_state on spendings (community_id, state, id);
call guard_table('spendings', 'select, insert, update');

create table spending_files (
  community_id uuid not null,
  spending_id uuid not null,
  file_hash text not null,
  primary key (community_id, spending_id, file_hash),
  foreign key (community_id, spending_id) references spendings (community_id, id)
);
create index spending_files_by_hash on spending_files (community_id, file_hash);
call guard_table('spending_files', 'select, insert');

-- One approval a person: however often and from wherever somebody approves, it counts once.
create table spending_approvals (
  community_id uuid not null,
  spending_id uuid not null,
  approver_id uuid not null,
  at timestamptz not null,
  primary key (community_id, spending_id, approver_id),
  foreign key (community_id, spending_id) references spendings (community_id, id)
);
call guard_table('spending_approvals', 'select, insert');

-- What was spent, by fund and use: sums of posted spendings, kept in the transaction that posts or reverses one, so that the
-- public page costs the same after a million of them. The standing check compares them with the rows.
create table spending_totals (
  community_id uuid not null,
  fund_id uuid not null,
  category text not null,
  amount_fen bigint not null check (amount_fen >= 0),
  count integer not null check (count >= 0),
  primary key (community_id, fund_id, category),
  foreign key (community_id, fund_id) references accounts (community_id, id)
);
call guard_table('spending_totals', 'select, insert, update');
