-- Requests: asked, routed, answered, confirmed, reopened. The row is the present; request_steps is the history, appended only.

create table categories (
  community_id uuid not null references communities (id),
  id uuid not null,
  code text not null check (code ~ '^[a-z0-9_]{2,60}$'),
  names jsonb not null,
  descriptions jsonb not null default '{}',
  form jsonb not null default '[]',
  response_hours integer not null check (response_hours between 1 and 2000),
  target_days integer not null check (target_days between 1 and 400),
  is_private boolean not null default false,
  needs_place boolean not null default false,
  position integer not null,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (community_id, id),
  unique (community_id, code)
);
call guard_table('categories', 'select, insert, update');

create table routing_rules (
  community_id uuid not null references communities (id),
  id uuid not null,
  number integer not null,
  position integer not null,
  category_id uuid,
  grid_id uuid,
  building_id uuid,
  outside_working_hours boolean,
  owner_kind text not null check (owner_kind in ('person', 'grid_worker', 'organisation')),
  owner_id uuid,
  reason text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  changed_by_id uuid not null,
  primary key (community_id, id),
  foreign key (community_id, category_id) references categories (community_id, id),
  foreign key (community_id, grid_id) references grids (community_id, id),
  foreign key (community_id, building_id) references buildings (community_id, id)
);
create unique index routing_rules_by_number on routing_rules (community_id, number) where ended_at is null;
call guard_table('routing_rules', 'select, insert, update');

create sequence request_number_seq;
grant usage on sequence request_number_seq to yingmen_app;

create table requests (
  community_id uuid not null references communities (id),
  id uuid not null,
  number bigint not null default nextval('request_number_seq'),
  kind text not null check (kind in ('need', 'idea')),
  intake text not null check (intake in ('web', 'poster', 'desk', 'phone', 'visit', 'open311', 'api', 'import')),
  category_id uuid not null,
  state text not null check (state in ('submitted', 'accepted', 'asking', 'promised', 'answered', 'done', 'refused', 'confirmed', 'reopened', 'closed_without_word', 'joined', 'split', 'withdrawn')),
  text text not null check (char_length(text) between 1 and 4000),
  public_text text check (char_length(public_text) <= 4000),
  is_public boolean not null,
  details jsonb not null default '{}',
  address_text text,
  latitude double precision,
  longitude double precision,
  grid_id uuid,
  building_id uuid,
  household_id uuid,
  reporter_id uuid,
  reporter_contact_sealed bytea,
  reporter_contact_masked text,
  recorded_by_id uuid not null,
  owner_id uuid,
  owner_organisation_id uuid,
  routed_by jsonb not null default '{}',
  response_due_at timestamptz not null,
  due_at timestamptz,
  original_due_at timestamptz not null,
  paused_at timestamptz,
  pauses jsonb not null default '[]',
  submitted_at timestamptz not null,
  responded_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  escalation integer not null default 0,
  reopened_count integer not null default 0,
  stars integer check (stars between 1 and 5),
  joined_into_id uuid,
  split_from_id uuid,
  follow_code_hash bytea,
  search tsvector not null default '',
  changed_at timestamptz not null,
  version integer not null default 1,
  primary key (community_id, id),
  unique (community_id, number),
  foreign key (community_id, category_id) references categories (community_id, id),
  foreign key (community_id, grid_id) references grids (community_id, id),
  foreign key (community_id, building_id) references buildings (community_id, id),
  foreign key (community_id, household_id) references households (community_id, id),
  foreign key (community_id, joined_into_id) references requests (community_id, id),
  foreign key (community_id, split_from_id) references requests (community_id, id),
  -- Nothing heard is lost: while a request is open it has an owner and a due date.
  constraint open_requests_are_owned check (
    state in ('confirmed', 'closed_without_word', 'joined', 'split', 'withdrawn')
    or (owner_id is not null and due_at is not null)
  )
);
create index requests_newest on requests (community_id, submitted_at desc, id desc);
create index requests_public_newest on requests (community_id, submitted_at desc, id desc) where is_public;
create index requests_by_category on requests (community_id, category_id, submitted_at desc, id desc);
create index requests_by_grid on requests (community_id, grid_id, submitted_at desc, id desc);
create index requests_open_by_owner on requests (community_id, owner_id, due_at) where closed_at is null;
create index requests_open_by_due on requests (community_id, due_at, id) where closed_at is null;
create index requests_by_reporter on requests (community_id, reporter_id, submitted_at desc);
create index requests_by_place on requests (community_id, latitude, longitude) where latitude is not null;
create index requests_by_joined on requests (community_id, joined_into_id) where joined_into_id is not null;
create index requests_by_change on requests (community_id, changed_at, id);
create index requests_search on requests using gin (search);
call guard_table('requests', 'select, insert, update');

create table request_steps (
  community_id uuid not null references communities (id),
  id uuid not null,
  request_id uuid not null,
  step text not null,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  actor_id uuid not null,
  on_behalf_of_id uuid,
  owner_id uuid,
  due_at timestamptz,
  public_note text check (char_length(public_note) <= 4000),
  private_note text check (char_length(private_note) <= 4000),
  data jsonb not null default '{}',
  primary key (community_id, id),
  foreign key (community_id, request_id) references requests (community_id, id)
);
create index request_steps_by_request on request_steps (community_id, request_id, id);
call guard_table('request_steps', 'select, insert');

create table request_photos (
  community_id uuid not null references communities (id),
  request_id uuid not null,
  file_hash text not null,
  moment text not null check (moment in ('before', 'after')),
  is_public boolean not null,
  added_at timestamptz not null,
  added_by_id uuid not null,
  hidden_at timestamptz,
  primary key (community_id, request_id, file_hash),
  foreign key (community_id, request_id) references requests (community_id, id),
  foreign key (community_id, file_hash) references files (community_id, hash)
);
call guard_table('request_photos', 'select, insert, update');

-- Everybody who waits for word: the reporter, reporters of joined requests, and those who follow.
create table request_followers (
  community_id uuid not null references communities (id),
  request_id uuid not null,
  person_id uuid not null,
  because text not null check (because in ('reporter', 'joined', 'follows')),
  since timestamptz not null,
  ended_at timestamptz,
  primary key (community_id, request_id, person_id),
  foreign key (community_id, request_id) references requests (community_id, id)
);
create index request_followers_by_person on request_followers (community_id, person_id);
call guard_table('request_followers', 'select, insert, update');

-- Joint handling: helpers beside the one accountable owner.
create table request_helpers (
  community_id uuid not null references communities (id),
  id uuid not null,
  request_id uuid not null,
  organisation_id uuid,
  person_id uuid,
  asked_at timestamptz not null,
  asked_by_id uuid not null,
  asked_for text not null,
  answered_at timestamptz,
  answer text,
  ended_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, request_id) references requests (community_id, id)
);
create index request_helpers_by_request on request_helpers (community_id, request_id);
call guard_table('request_helpers', 'select, insert, update');

-- Words ready to be used in an answer.
create table answer_templates (
  community_id uuid not null references communities (id),
  id uuid not null,
  category_id uuid,
  title text not null,
  texts jsonb not null,
  changed_at timestamptz not null,
  changed_by_id uuid not null,
  ended_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, category_id) references categories (community_id, id)
);
call guard_table('answer_templates', 'select, insert, update');

-- Service codes and accounts of Open311 clients that send us requests.
create table open311_submissions (
  community_id uuid not null references communities (id),
  token uuid not null,
  request_id uuid not null,
  account_id text,
  device_id text,
  created_at timestamptz not null,
  primary key (community_id, token)
);
call guard_table('open311_submissions', 'select, insert');
