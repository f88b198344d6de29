-- People. Names, contacts and circumstances are sealed (encrypted) and bound to their row; `masked` is what lists show.

create table people (
  community_id uuid not null references communities (id),
  id uuid not null,
  login_id uuid references logins (id),
  name_sealed bytea not null,
  name_masked text not null,
  name_fingerprint bytea not null,
  public_name text,
  born_in_year integer,
  languages text[] not null default '{zh-CN}',
  large_type boolean not null default false,
  created_at timestamptz not null,
  created_by_id uuid not null,
  erased_at timestamptz,
  version integer not null default 1,
  primary key (community_id, id)
);
create unique index people_by_login on people (community_id, login_id) where login_id is not null;
create index people_by_name on people (community_id, name_fingerprint);
call guard_table('people', 'select, insert, update');

create table contact_points (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('phone', 'email')),
  value_sealed bytea not null,
  value_masked text not null,
  value_fingerprint bytea not null,
  verified_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id)
);
create index contact_points_by_person on contact_points (community_id, person_id);
create index contact_points_by_value on contact_points (community_id, value_fingerprint);
call guard_table('contact_points', 'select, insert, update');

create table household_members (
  community_id uuid not null references communities (id),
  id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  relation text not null default 'member' check (relation in ('head', 'member', 'tenant', 'guest')),
  started_at timestamptz not null,
  ended_at timestamptz,
  verified_at timestamptz,
  verified_by_id uuid,
  primary key (community_id, id),
  foreign key (community_id, household_id) references households (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id)
);
create unique index household_members_once on household_members (community_id, household_id, person_id) where ended_at is null;
create index household_members_by_person on household_members (community_id, person_id);
call guard_table('household_members', 'select, insert, update');

-- A proxy acts for a subject: family, asked and agreed.
create table proxies (
  community_id uuid not null references communities (id),
  id uuid not null,
  subject_id uuid not null,
  proxy_id uuid not null,
  relation text not null,
  asked_at timestamptz not null,
  agreed_at timestamptz,
  agreed_how text,
  ended_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, subject_id) references people (community_id, id),
  foreign key (community_id, proxy_id) references people (community_id, id),
  check (subject_id <> proxy_id)
);
create unique index proxies_once on proxies (community_id, subject_id, proxy_id) where ended_at is null;
create index proxies_by_proxy on proxies (community_id, proxy_id);
call guard_table('proxies', 'select, insert, update');

create table role_grants (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('grid_worker', 'desk_officer', 'handler', 'secretary', 'administrator')),
  scope_kind text not null default 'community' check (scope_kind in ('community', 'grid', 'organisation')),
  scope_id uuid,
  started_at timestamptz not null,
  granted_by_id uuid not null,
  ended_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id)
);
create index role_grants_by_person on role_grants (community_id, person_id) where ended_at is null;
create index role_grants_by_role on role_grants (community_id, role) where ended_at is null;
call guard_table('role_grants', 'select, insert, update');

create table corrections (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  field text not null,
  proposed_sealed bytea not null,
  reason text not null,
  state text not null check (state in ('asked', 'made', 'refused')),
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by_id uuid,
  decision_reason text,
  primary key (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id)
);
create index corrections_by_person on corrections (community_id, person_id);
call guard_table('corrections', 'select, insert, update');

-- Every read of a personal file: who, when, what, why. Appended, shown to its subject.
create table file_reads (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  reader_id uuid not null,
  at timestamptz not null,
  fields text[] not null,
  reason text not null,
  via text not null,
  primary key (community_id, id)
);
create index file_reads_by_person on file_reads (community_id, person_id, id desc);
call guard_table('file_reads', 'select, insert');
