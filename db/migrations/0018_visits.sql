-- Knocking on doors: rounds, visits, what came of them. A visit is appended and never changed; what contradicts it stands beside it.

-- The doors that a worker plans for a day, in the order they are walked.
create table rounds (
  community_id uuid not null references communities (id),
  id uuid not null,
  worker_id uuid not null,
  planned_on date not null,
  starts_at timestamptz not null,
  budget_minutes integer not null check (budget_minutes between 10 and 720),
  walk_metres integer not null check (walk_metres >= 0),
  planned_at timestamptz not null,
  planned_by_id uuid not null,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (community_id, id),
  foreign key (community_id, worker_id) references people (community_id, id)
);
create index rounds_by_worker on rounds (community_id, worker_id, planned_on desc);
create index rounds_open on rounds (community_id, planned_on) where ended_at is null;
call guard_table('rounds', 'select, insert, update');

create table round_doors (
  community_id uuid not null references communities (id),
  round_id uuid not null,
  household_id uuid not null,
  position integer not null,
  occasion text not null check (occasion ~ '^[a-z_]{2,40}$'),
  reason text not null check (reason ~ '^[a-z_]{2,40}$'),
  due_on date not null,
  needs_two boolean not null default false,
  added_at timestamptz not null,
  -- Off the round without a visit: handed to another worker, or taken out.
  off_at timestamptz,
  off_because text check (off_because in ('handed_over', 'taken_out')),
  primary key (community_id, round_id, household_id),
  foreign key (community_id, round_id) references rounds (community_id, id),
  foreign key (community_id, household_id) references households (community_id, id),
  check ((off_at is null) = (off_because is null))
);
create index round_doors_by_household on round_doors (community_id, household_id) where off_at is null;
call guard_table('round_doors', 'select, insert, update');

-- One knock. Its id is made by the phone; what was noticed is sealed.
create table visits (
  community_id uuid not null references communities (id),
  id uuid not null,
  round_id uuid,
  household_id uuid not null,
  building_id uuid not null,
  grid_id uuid,
  worker_id uuid not null,
  companion_id uuid,
  occasion text not null check (occasion ~ '^[a-z_]{2,40}$'),
  outcome text not null check (outcome in ('answered', 'nobody_home', 'declined', 'by_phone')),
  knocked_at timestamptz not null,
  knocked_on date not null,
  received_at timestamptz not null,
  -- The phone's own count and clock; the clock is flagged when it cannot be right.
  device_id uuid,
  device_order integer,
  device_at timestamptz,
  device_offset_seconds integer,
  clock_is_skewed boolean not null default false,
  packed_at timestamptz,
  seen text[] not null default '{}',
  asked text[] not null default '{}',
  note_sealed bytea,
  letter_delivered boolean not null default false,
  reply_brought_back boolean not null default false,
  needed_two boolean not null default false,
  come_again_on date,
  primary key (community_id, id),
  foreign key (community_id, round_id) references rounds (community_id, id),
  foreign key (community_id, household_id) references households (community_id, id),
  foreign key (community_id, worker_id) references people (community_id, id)
);
create index visits_by_household on visits (community_id, household_id, occasion, knocked_at desc) include (outcome, come_again_on);
create index visits_by_day on visits (community_id, knocked_on, id) include (grid_id, occasion, outcome, household_id, worker_id);
create index visits_by_worker on visits (community_id, worker_id, knocked_at desc);
create index visits_by_round on visits (community_id, round_id) where round_id is not null;
create unique index visits_device_order on visits (community_id, device_id, device_order) where device_id is not null;
call guard_table('visits', 'select, insert');

-- What was raised at a door: each is a request.
create table visit_needs (
  community_id uuid not null references communities (id),
  visit_id uuid not null,
  request_id uuid not null,
  kind text not null check (kind in ('need', 'idea')),
  settled text not null check (settled in ('on_the_spot', 'promised', 'passed_on')),
  promised_on date,
  primary key (community_id, visit_id, request_id),
  foreign key (community_id, visit_id) references visits (community_id, id),
  foreign key (community_id, request_id) references requests (community_id, id),
  check ((settled = 'promised') = (promised_on is not null))
);
create unique index visit_needs_by_request on visit_needs (community_id, request_id);
call guard_table('visit_needs', 'select, insert');

-- Files of a visit by the hash of what the phone holds; they may arrive long after the visit, in parts.
create table visit_files (
  community_id uuid not null references communities (id),
  visit_id uuid not null,
  source_hash text not null check (source_hash ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('photo', 'voice')),
  position integer not null,
  primary key (community_id, visit_id, source_hash),
  foreign key (community_id, visit_id) references visits (community_id, id)
);
create index visit_files_by_source on visit_files (community_id, source_hash);
call guard_table('visit_files', 'select, insert');

create table uploads (
  community_id uuid not null references communities (id),
  source_hash text not null check (source_hash ~ '^[0-9a-f]{64}$'),
  uploaded_by_id uuid not null,
  kind text not null check (kind in ('photo', 'voice')),
  byte_count integer not null check (byte_count between 1 and 20971520),
  file_hash text,
  refused_as text,
  begun_at timestamptz not null,
  finished_at timestamptz,
  primary key (community_id, source_hash, uploaded_by_id),
  foreign key (community_id, file_hash) references files (community_id, hash)
);
create index uploads_by_file on uploads (community_id, file_hash) where file_hash is not null;
call guard_table('uploads', 'select, insert, update');

-- Two accounts of one door that do not fit; both are kept, a person decides.
create table visit_conflicts (
  community_id uuid not null references communities (id),
  id uuid not null,
  household_id uuid not null,
  visit_id uuid not null,
  kind text not null check (kind in ('two_workers', 'changed_meanwhile')),
  other_visit_id uuid,
  changes text[] not null default '{}',
  found_at timestamptz not null,
  decision text check (decision in ('both_stand', 'first_stands', 'second_stands')),
  decision_reason text check (char_length(decision_reason) <= 1000),
  set_aside_visit_id uuid,
  decided_at timestamptz,
  decided_by_id uuid,
  primary key (community_id, id),
  foreign key (community_id, visit_id) references visits (community_id, id),
  foreign key (community_id, other_visit_id) references visits (community_id, id),
  check ((kind = 'two_workers') = (other_visit_id is not null)),
  check ((decision is null) = (decided_at is null))
);
create index visit_conflicts_open on visit_conflicts (community_id, found_at desc, id) where decided_at is null;
create index visit_conflicts_by_visit on visit_conflicts (community_id, visit_id);
create index visit_conflicts_set_aside on visit_conflicts (community_id, set_aside_visit_id) where set_aside_visit_id is not null;
call guard_table('visit_conflicts', 'select, insert, update');

-- What a household asked for: not to be knocked at, or only between certain hours.
create table knock_wishes (
  community_id uuid not null references communities (id),
  id uuid not null,
  household_id uuid not null,
  wish text not null check (wish in ('no_knock', 'only_between')),
  from_minute integer check (from_minute between 0 and 1439),
  until_minute integer check (until_minute between 1 and 1440),
  asked_at timestamptz not null,
  asked_by_id uuid not null,
  ended_at timestamptz,
  ended_by_id uuid,
  primary key (community_id, id),
  foreign key (community_id, household_id) references households (community_id, id),
  check ((wish = 'only_between') = (from_minute is not null and until_minute is not null)),
  check (from_minute < until_minute)
);
create unique index knock_wishes_once on knock_wishes (community_id, household_id) where ended_at is null;
call guard_table('knock_wishes', 'select, insert, update');

-- Go two together: why is sealed, and it ends by itself.
create table safety_notes (
  community_id uuid not null references communities (id),
  id uuid not null,
  household_id uuid not null,
  note_sealed bytea not null,
  written_at timestamptz not null,
  written_by_id uuid not null,
  expires_on date not null,
  ended_at timestamptz,
  ended_by_id uuid,
  primary key (community_id, id),
  foreign key (community_id, household_id) references households (community_id, id)
);
create index safety_notes_by_household on safety_notes (community_id, household_id) where ended_at is null;
call guard_table('safety_notes', 'select, insert, update');

-- A door that somebody else looks after than the grid's own worker: a term, never overwritten.
create table door_terms (
  community_id uuid not null references communities (id),
  id uuid not null,
  household_id uuid not null,
  worker_id uuid not null,
  reason text not null check (char_length(reason) between 1 and 300),
  started_at timestamptz not null,
  started_by_id uuid not null,
  ended_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, household_id) references households (community_id, id),
  foreign key (community_id, worker_id) references people (community_id, id)
);
create unique index door_terms_once on door_terms (community_id, household_id) where ended_at is null;
create index door_terms_by_worker on door_terms (community_id, worker_id) where ended_at is null;
call guard_table('door_terms', 'select, insert, update');
