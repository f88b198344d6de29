-- What the bank says, line by line, and which transfer of the ledger each line is.

create table bank_statements (
  community_id uuid not null references communities (id),
  id uuid not null,
  account_id uuid not null,
  format text not null,
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  line_count integer not null check (line_count > 0),
  new_count integer not null check (new_count >= 0),
  from_on date not null,
  until_on date not null,
  imported_at timestamptz not null,
  imported_by_id uuid not null,
  primary key (community_id, id),
  foreign key (community_id, account_id) references accounts (community_id, id)
);
create index bank_statements_by_account on bank_statements (community_id, account_id, id);
call guard_table('bank_statements', 'select, insert');

create table bank_lines (
  community_id uuid not null,
  id uuid not null,
  statement_id uuid not null,
  account_id uuid not null,
  line_number integer not null,
  booked_on date not null,
  -- As the bank sees it: positive came in.
  amount_fen bigint not null check (amount_fen <> 0),
  balance_fen bigint,
  -- The other side's name, the reference and the note: people's words.
  words_sealed bytea not null,
  -- Of all that the line says, and the how-manieth of its like it is: the same line of an overlapping statement is known.
  fingerprint bytea not null,
  state text not null default 'open' check (state in ('open', 'matched', 'left')),
  left_reason text,
  spending_id uuid,
  primary key (community_id, id),
  foreign key (community_id, statement_id) references bank_statements (community_id, id),
  foreign key (community_id, account_id) references accounts (community_id, id),
  foreign key (community_id, spending_id) references spendings (community_id, id),
  unique (community_id, account_id, fingerprint),
  check ((state = 'left') = (left_reason is not null))
);
create index bank_lines_by_state on bank_lines (community_id, account_id, state, booked_on desc, id desc);
call guard_table('bank_lines', 'select, insert, update');

-- A transfer is one line of each bank account at most, as long as the match stands.
create table bank_matches (
  community_id uuid not null,
  id uuid not null,
  line_id uuid not null,
  account_id uuid not null,
  transfer_id uuid not null,
  matched_at timestamptz not null,
  matched_by_id uuid not null,
  undone_at timestamptz,
  undone_by_id uuid,
  primary key (community_id, id),
  foreign key (community_id, line_id) references bank_lines (community_id, id),
  foreign key (community_id, transfer_id) references transfers (community_id, id)
);
create unique index bank_matches_once on bank_matches (community_id, account_id, transfer_id) where undone_at is null;
create index bank_matches_by_line on bank_matches (community_id, line_id) where undone_at is null;
call guard_table('bank_matches', 'select, insert, update');
