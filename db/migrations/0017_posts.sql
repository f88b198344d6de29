-- Who runs what: posts with terms, members, the phases an organisation went through; and the roles that look after money.

alter table role_grants drop constraint role_grants_role_check;
alter table role_grants add constraint role_grants_role_check
  check (role in ('grid_worker', 'desk_officer', 'handler', 'secretary', 'administrator', 'treasurer', 'auditor'));

alter table organisations drop constraint organisations_kind_check;
alter table organisations add constraint organisations_kind_check
  check (kind in ('department', 'partner_unit', 'property_company', 'social_organisation', 'volunteer_team', 'club', 'building_group',
    'committee', 'business', 'alliance', 'council', 'party_branch', 'trade_union', 'youth_league', 'womens_federation'));
alter table organisations add column about jsonb not null default '{}';
alter table organisations add column contact text;
alter table organisations add column registered_number text;
create unique index organisations_by_registered_number on organisations (community_id, registered_number)
  where registered_number is not null and ended_at is null;

-- The life of an organisation's registration: appended, never changed.
create table organisation_phases (
  community_id uuid not null,
  id uuid not null,
  organisation_id uuid not null,
  from_phase text,
  to_phase text not null,
  at timestamptz not null,
  actor_id uuid not null,
  reason text,
  primary key (community_id, id),
  foreign key (community_id, organisation_id) references organisations (community_id, id)
);
create index organisation_phases_by_organisation on organisation_phases (community_id, organisation_id, id);
call guard_table('organisation_phases', 'select, insert');

-- A post of an organisation, with so many seats. Who holds a seat that speaks for it may act in its name.
create table posts (
  community_id uuid not null,
  id uuid not null,
  organisation_id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  names jsonb not null,
  duties jsonb not null default '{}',
  seats integer not null default 1 check (seats between 1 and 200),
  term_months integer check (term_months between 1 and 240),
  speaks_for boolean not null default false,
  position integer not null default 0,
  created_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (community_id, id),
  foreign key (community_id, organisation_id) references organisations (community_id, id)
);
create unique index posts_by_code on posts (community_id, organisation_id, code) where ended_at is null;
call guard_table('posts', 'select, insert, update');

-- One seat of a post is held by one person at a time, and one person holds one seat of a post, however many give it at once.
create table post_terms (
  community_id uuid not null,
  id uuid not null,
  post_id uuid not null,
  person_id uuid not null,
  seat integer not null check (seat between 1 and 200),
  started_on date not null,
  ends_on date,
  started_at timestamptz not null,
  started_by_id uuid not null,
  cause_kind text,
  cause_id uuid,
  ended_at timestamptz,
  ended_by_id uuid,
  ended_reason text,
  primary key (community_id, id),
  foreign key (community_id, post_id) references posts (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id),
  check (ends_on is null or ends_on >= started_on)
);
create unique index post_terms_by_seat on post_terms (community_id, post_id, seat) where ended_at is null;
create unique index post_terms_by_person on post_terms (community_id, post_id, person_id) where ended_at is null;
create index post_terms_of_person on post_terms (community_id, person_id) where ended_at is null;
call guard_table('post_terms', 'select, insert, update');

-- Members of an organisation: people, or organisations (the partner units of an alliance).
create table memberships (
  community_id uuid not null,
  id uuid not null,
  organisation_id uuid not null,
  person_id uuid,
  member_organisation_id uuid,
  started_at timestamptz not null,
  started_by_id uuid not null,
  ended_at timestamptz,
  ended_by_id uuid,
  ended_reason text,
  primary key (community_id, id),
  foreign key (community_id, organisation_id) references organisations (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id),
  foreign key (community_id, member_organisation_id) references organisations (community_id, id),
  check (num_nonnulls(person_id, member_organisation_id) = 1),
  check (member_organisation_id <> organisation_id)
);
create unique index memberships_by_person on memberships (community_id, organisation_id, person_id) where ended_at is null;
create unique index memberships_by_organisation on memberships (community_id, organisation_id, member_organisation_id) where ended_at is null;
create index memberships_of_person on memberships (community_id, person_id) where ended_at is null;
create index memberships_of_organisation on memberships (community_id, member_organisation_id) where ended_at is null;
call guard_table('memberships', 'select, insert, update');
