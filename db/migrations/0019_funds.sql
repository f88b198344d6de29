-- The ledger. A transfer is one row that moves an amount between two accounts, so that what is debited is credited by shape.
-- Rows are appended and never changed: a correction is a reversal.

create table accounts (
  community_id uuid not null references communities (id),
  id uuid not null,
  kind text not null check (kind in ('bank', 'fund', 'budget_line', 'advance', 'income', 'expense')),
  names jsonb not null,
  currency text not null default 'CNY' check (currency ~ '^[A-Z]{3}$'),
  -- On which side it grows: money that is there (bank, advance, expense) by debits, what it is for (fund, budget line, income) by credits.
  side text not null check (side in ('debit', 'credit')),
  -- A bounded account never goes below nothing, what is pending counted.
  is_bounded boolean not null,
  -- The fund that a budget line was given from; what a budget line or an advance is for; who has an advance.
  fund_id uuid,
  project_id uuid,
  category text check (category ~ '^[a-z0-9_]{1,60}$'),
  holder_id uuid,
  -- What the giver of a fund allows it for: {"projects": [ids], "categories": [codes]}; nothing named is not restricted.
  restriction jsonb not null default '{}',
  opened_at timestamptz not null,
  opened_by_id uuid not null,
  closed_at timestamptz,
  -- The last row's instant: a later row never carries an earlier one, so that past balances stay what they were.
  moved_at timestamptz,
  -- Sums of the rows below, kept in the same transaction as each row and compared with them by the standing check.
  debits_posted_fen bigint not null default 0 check (debits_posted_fen >= 0),
  credits_posted_fen bigint not null default 0 check (credits_posted_fen >= 0),
  debits_pending_fen bigint not null default 0 check (debits_pending_fen >= 0),
  credits_pending_fen bigint not null default 0 check (credits_pending_fen >= 0),
  primary key (community_id, id),
  foreign key (community_id, fund_id) references accounts (community_id, id),
  check (not is_bounded or side <> 'credit' or debits_posted_fen + debits_pending_fen <= credits_posted_fen),
  check (not is_bounded or side <> 'debit' or credits_posted_fen + credits_pending_fen <= debits_posted_fen),
  check ((kind = 'budget_line') = (fund_id is not null)),
  check ((kind = 'advance') = (holder_id is not null))
);
create index accounts_by_kind on accounts (community_id, kind, id);
create index accounts_by_fund on accounts (community_id, fund_id) where fund_id is not null;
create index accounts_by_project on accounts (community_id, project_id) where project_id is not null;
call guard_table('accounts', 'select, insert, update');

create table transfers (
  community_id uuid not null,
  id uuid not null,
  -- Transfers of one batch came together, all or none.
  batch_id uuid not null,
  kind text not null check (kind in ('opening', 'donation', 'grant', 'allocation', 'expense', 'advance', 'settlement', 'return', 'refund', 'interest', 'fee', 'reversal')),
  -- posted: done; pending: held back until a post or a void of it follows as a row of its own.
  flow text not null check (flow in ('posted', 'pending', 'post', 'void')),
  pending_id uuid,
  reverses_id uuid,
  debit_account_id uuid not null,
  credit_account_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  effective_on date not null,
  at timestamptz not null,
  actor_id uuid not null,
  reason text,
  category text check (category ~ '^[a-z0-9_]{1,60}$'),
  cause_kind text,
  cause_id uuid,
  -- What each account had, posted, after this row: the balance at any past instant is one look-up.
  debit_balance_fen bigint not null,
  credit_balance_fen bigint not null,
  sequence bigint not null generated always as identity,
  primary key (community_id, id),
  foreign key (community_id, debit_account_id) references accounts (community_id, id),
  foreign key (community_id, credit_account_id) references accounts (community_id, id),
  foreign key (community_id, pending_id) references transfers (community_id, id),
  foreign key (community_id, reverses_id) references transfers (community_id, id),
  check (debit_account_id <> credit_account_id),
  check ((flow in ('post', 'void')) = (pending_id is not null)),
  check ((kind = 'reversal') = (reverses_id is not null)),
  check (kind <> 'reversal' or reason is not null)
);
-- A pending transfer is resolved once, and a transfer is reversed once, however many try.
create unique index transfers_resolved_once on transfers (community_id, pending_id) where pending_id is not null;
create unique index transfers_reversed_once on transfers (community_id, reverses_id) where reverses_id is not null;
create index transfers_by_debit on transfers (community_id, debit_account_id, at desc, sequence desc);
create index transfers_by_credit on transfers (community_id, credit_account_id, at desc, sequence desc);
create index transfers_by_cause on transfers (community_id, cause_kind, cause_id) where cause_id is not null;
create index transfers_in_order on transfers (community_id, at desc, sequence desc);
call guard_table('transfers', 'select, insert');

-- A month that is closed takes no more transfers; closing is for ever.
create table closed_months (
  community_id uuid not null references communities (id),
  month date not null check (extract(day from month) = 1),
  closed_at timestamptz not null,
  closed_by_id uuid not null,
  transfer_count integer not null,
  amount_fen bigint not null,
  primary key (community_id, month)
);
call guard_table('closed_months', 'select, insert');
