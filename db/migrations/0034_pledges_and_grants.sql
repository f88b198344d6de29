-- Promises of money, goods and hours; grants with conditions and instalments; money in somebody's hands until a day.

create table pledges (
  community_id uuid not null,
  id uuid not null,
  donor_id uuid not null,
  kind text not null check (kind in ('money', 'goods', 'hours')),
  amount_fen bigint check (amount_fen > 0),
  hours numeric(8, 2) check (hours > 0),
  description text,
  -- What the giver wants it used for, as a fund's restriction says it: {"projects": [ids], "categories": [codes]}.
  wish jsonb not null default '{}',
  due_on date not null,
  made_at timestamptz not null,
  made_by_id uuid not null,
  lapsed_at timestamptz,
  lapsed_by_id uuid,
  lapsed_reason text,
  primary key (community_id, id),
  foreign key (community_id, donor_id) references donors (community_id, id),
  check ((kind = 'money') = (amount_fen is not null)),
  check ((kind = 'hours') = (hours is not null)),
  check (kind <> 'goods' or description is not null),
  check ((lapsed_at is null) = (lapsed_by_id is null))
);
create index pledges_by_due on pledges (community_id, due_on, id) where lapsed_at is null;
create index pledges_by_donor on pledges (community_id, donor_id, id);
call guard_table('pledges', 'select, insert, update');

-- A gift keeps one promise at most.
create table pledge_donations (
  community_id uuid not null,
  donation_id uuid not null,
  pledge_id uuid not null,
  -- Of goods: whether the promise is kept with it.
  is_whole boolean not null,
  primary key (community_id, donation_id),
  foreign key (community_id, donation_id) references donations (community_id, id),
  foreign key (community_id, pledge_id) references pledges (community_id, id)
);
create index pledge_donations_by_pledge on pledge_donations (community_id, pledge_id);
call guard_table('pledge_donations', 'select, insert');

create table grants (
  community_id uuid not null references communities (id),
  id uuid not null,
  -- As 360Giving names it, here and everywhere.
  identifier text not null,
  direction text not null check (direction in ('given', 'received')),
  title text not null,
  description text not null,
  -- The organisation on the other side.
  organisation_id uuid,
  party_name text not null,
  party_identifier text not null,
  fund_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_fen bigint not null check (amount_fen >= 0),
  awarded_on date not null,
  starts_on date,
  ends_on date,
  -- The grant as somebody else published it; what is exported of it is this.
  source jsonb,
  recorded_at timestamptz not null,
  recorded_by_id uuid not null,
  primary key (community_id, id),
  unique (community_id, identifier),
  foreign key (community_id, fund_id) references accounts (community_id, id),
  check (source is not null or fund_id is not null)
);
call guard_table('grants', 'select, insert');

create table grant_instalments (
  community_id uuid not null,
  grant_id uuid not null,
  number integer not null check (number > 0),
  amount_fen bigint not null check (amount_fen > 0),
  due_on date not null,
  -- What has to be so before it is paid; none is none.
  condition text,
  met_at timestamptz,
  met_by_id uuid,
  met_note text,
  -- Of a grant given: the spending that pays it. Of one received: the transfer it came by.
  spending_id uuid,
  transfer_id uuid,
  primary key (community_id, grant_id, number),
  foreign key (community_id, grant_id) references grants (community_id, id),
  foreign key (community_id, spending_id) references spendings (community_id, id),
  foreign key (community_id, transfer_id) references transfers (community_id, id),
  check ((met_at is null) = (met_by_id is null)),
  check (spending_id is null or transfer_id is null)
);
create unique index grant_instalments_by_transfer on grant_instalments (community_id, transfer_id) where transfer_id is not null;
call guard_table('grant_instalments', 'select, insert, update');

-- Until when an advance is to be settled; the money itself is a spending of the kind advance.
create table advances (
  community_id uuid not null,
  spending_id uuid not null,
  account_id uuid not null,
  holder_id uuid not null,
  due_on date not null,
  primary key (community_id, spending_id),
  foreign key (community_id, spending_id) references spendings (community_id, id),
  foreign key (community_id, account_id) references accounts (community_id, id)
);
create index advances_by_account on advances (community_id, account_id, due_on);
call guard_table('advances', 'select, insert');
