-- A residence that was seen stands for a time; a knock renews it, the desk may take it back with a reason.
alter table household_members
  add column verified_until timestamptz,
  add column revoked_at timestamptz,
  add column revoked_by_id uuid,
  add column revoked_reason text;
-- One verified residence a person, so that nobody votes twice by living twice.
create unique index household_members_one_verified on household_members (community_id, person_id) where verified_at is not null and ended_at is null;

-- Two people say they live in one place, or are one person: the desk decides.
create table residence_disputes (
  community_id uuid not null references communities (id),
  id uuid not null,
  kind text not null check (kind in ('place', 'identity')),
  household_id uuid not null,
  member_id uuid not null,
  claimant_id uuid not null,
  other_id uuid not null,
  opened_at timestamptz not null,
  settled_at timestamptz,
  settled_by_id uuid,
  decision text check (decision in ('lives_there', 'does_not')),
  decision_reason text,
  primary key (community_id, id),
  foreign key (community_id, household_id) references households (community_id, id),
  foreign key (community_id, member_id) references household_members (community_id, id),
  check ((settled_at is null) = (decision is null))
);
create unique index residence_disputes_once on residence_disputes (community_id, member_id) where settled_at is null;
call guard_table('residence_disputes', 'select, insert, update');

-- Home letters: one text in both languages, a letter a household.
create table letter_campaigns (
  community_id uuid not null references communities (id),
  id uuid not null,
  titles jsonb not null,
  texts jsonb not null,
  valid_days integer not null check (valid_days between 7 and 180),
  grid_ids uuid[] not null default '{}',
  created_at timestamptz not null,
  created_by_id uuid not null,
  printed_at timestamptz,
  expires_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (community_id, id)
);
call guard_table('letter_campaigns', 'select, insert, update');

-- `position` is the place in walking order. The code is kept as a keyed hash alone; printing again makes a new one.
create table letters (
  community_id uuid not null references communities (id),
  id uuid not null,
  campaign_id uuid not null,
  household_id uuid not null,
  position integer not null,
  code_hash bytea,
  expires_at timestamptz,
  delivered_at timestamptz,
  delivered_by_id uuid,
  delivered_how text check (delivered_how in ('at_knock', 'in_letterbox')),
  primary key (community_id, id),
  unique (community_id, campaign_id, household_id),
  foreign key (community_id, campaign_id) references letter_campaigns (community_id, id),
  foreign key (community_id, household_id) references households (community_id, id)
);
create unique index letters_by_code on letters (community_id, code_hash) where code_hash is not null;
create index letters_by_household on letters (community_id, household_id);
create index letters_in_order on letters (community_id, campaign_id, position);
call guard_table('letters', 'select, insert, update');

-- Who claimed by a letter: everybody once; the first at once, others when somebody at the door says so.
create table letter_claims (
  community_id uuid not null references communities (id),
  letter_id uuid not null,
  person_id uuid not null,
  outcome text not null check (outcome in ('verified', 'waiting', 'disputed')),
  claimed_at timestamptz not null,
  primary key (community_id, letter_id, person_id),
  foreign key (community_id, letter_id) references letters (community_id, id)
);
create unique index letter_claims_first on letter_claims (community_id, letter_id) where outcome = 'verified';
call guard_table('letter_claims', 'select, insert');

-- Codes that were tried and wrong, to slow whoever guesses.
create table letter_tries (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  primary key (community_id, id)
);
create index letter_tries_by_person on letter_tries (community_id, person_id, at);
create index letter_tries_by_time on letter_tries (community_id, at);
call guard_table('letter_tries', 'select, insert, delete');

-- What was written back. The text is sealed; it is missing while a paper that was brought back waits to be typed in.
create table letter_replies (
  community_id uuid not null references communities (id),
  id uuid not null,
  letter_id uuid not null,
  visit_id uuid,
  text_sealed bytea,
  received_at timestamptz not null,
  recorded_by_id uuid not null,
  answer text,
  answered_at timestamptz,
  answered_by_id uuid,
  request_id uuid,
  primary key (community_id, id),
  foreign key (community_id, letter_id) references letters (community_id, id),
  check ((answered_at is null) = (answered_by_id is null))
);
create unique index letter_replies_by_visit on letter_replies (community_id, visit_id) where visit_id is not null;
create index letter_replies_by_letter on letter_replies (community_id, letter_id);
call guard_table('letter_replies', 'select, insert, update');

-- Files that take a while to make: made by a job with progress, sealed, in parts, gone after a date.
create table downloads (
  community_id uuid not null references communities (id),
  id uuid not null,
  kind text not null,
  subject_id uuid not null,
  file_name text not null,
  media_type text not null,
  asked_by_id uuid not null,
  asked_at timestamptz not null,
  total integer not null default 0,
  done integer not null default 0,
  state text not null check (state in ('waiting', 'ready', 'failed')),
  part_count integer not null default 0,
  expires_at timestamptz not null,
  primary key (community_id, id)
);
create index downloads_by_subject on downloads (community_id, kind, subject_id, id desc);
create index downloads_expiring on downloads (community_id, expires_at);
call guard_table('downloads', 'select, insert, update, delete');

create table download_parts (
  community_id uuid not null references communities (id),
  download_id uuid not null,
  part integer not null,
  bytes_sealed bytea not null,
  primary key (community_id, download_id, part)
);
call guard_table('download_parts', 'select, insert, delete');
