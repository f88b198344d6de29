-- Raising campaigns and what was disclosed of them, as the Charity Law asks (articles 72 and 79).

create table campaigns (
  community_id uuid not null,
  id uuid not null,
  names jsonb not null,
  purposes jsonb not null,
  fund_id uuid not null,
  -- What is disclosed by its dates: raising money, or the carrying out of a project with it.
  subject text not null check (subject in ('raising', 'project')),
  -- For a public emergency what came in is disclosed every five days.
  is_emergency boolean not null,
  -- The number under which the plan was filed before raising began.
  filed_number text,
  starts_on date not null,
  ends_on date,
  recorded_at timestamptz not null,
  recorded_by_id uuid not null,
  primary key (community_id, id),
  foreign key (community_id, fund_id) references accounts (community_id, id),
  check (ends_on is null or ends_on >= starts_on),
  check (subject = 'raising' or not is_emergency)
);
create index campaigns_by_start on campaigns (community_id, starts_on desc, id);
call guard_table('campaigns', 'select, insert, update');

-- What was published, letter for letter; its hash is in the log.
create table disclosures (
  community_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  kind text not null check (kind in ('interim', 'final')),
  from_on date not null,
  until_on date not null,
  due_on date not null,
  text text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  published_at timestamptz not null,
  published_by_id uuid not null,
  primary key (community_id, id),
  foreign key (community_id, campaign_id) references campaigns (community_id, id),
  unique (community_id, campaign_id, kind, until_on)
);
call guard_table('disclosures', 'select, insert');
