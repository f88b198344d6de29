-- What somebody agreed to, each purpose by itself. A text has versions; one that asks again ends the force of older consents.
create table consent_texts (
  community_id uuid not null references communities (id),
  purpose text not null check (purpose ~ '^[a-z_]{2,40}$'),
  version integer not null check (version > 1),
  texts jsonb not null,
  asks_again boolean not null,
  published_at timestamptz not null,
  published_by_id uuid not null,
  primary key (community_id, purpose, version)
);
call guard_table('consent_texts', 'select, insert');

create table consents (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  purpose text not null check (purpose ~ '^[a-z_]{2,40}$'),
  text_version integer not null check (text_version > 0),
  given_at timestamptz not null,
  -- Themselves, a guardian, or staff who write down what was said to them.
  given_by_id uuid not null,
  given_how text not null check (given_how in ('own_sign_in', 'guardian', 'said_at_door', 'said_at_desk', 'signed_paper')),
  recorded_by_id uuid not null,
  withdrawn_at timestamptz,
  withdrawn_by_id uuid,
  primary key (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id),
  check ((withdrawn_at is null) = (withdrawn_by_id is null))
);
create unique index consents_once on consents (community_id, person_id, purpose) where withdrawn_at is null;
call guard_table('consents', 'select, insert, update, delete');

-- Why somebody is to be looked after: for one purpose, on a lawful basis, seen by named roles, until a date.
create table care_circumstances (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind ~ '^[a-z_]{2,40}$'),
  purpose text not null check (purpose in ('care_visits', 'care_emergencies', 'care_benefits')),
  consent_id uuid,
  legal_ground text check (legal_ground ~ '^[a-z_]{2,40}$'),
  seen_by text[] not null check (cardinality(seen_by) > 0 and seen_by <@ array['grid_worker', 'desk_officer', 'secretary', 'handler']),
  note_sealed bytea,
  started_on date not null,
  expires_on date not null check (expires_on > started_on),
  recorded_at timestamptz not null,
  recorded_by_id uuid not null,
  ended_at timestamptz,
  ended_by_id uuid,
  end_reason text check (end_reason in ('no_longer_so', 'recorded_wrongly', 'withdrawn', 'moved_away', 'erased')),
  version integer not null default 1,
  primary key (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id),
  foreign key (community_id, consent_id) references consents (community_id, id),
  -- Exactly one basis: a separate consent or a named ground of law.
  check (num_nonnulls(consent_id, legal_ground) = 1),
  check ((ended_at is null) = (end_reason is null))
);
create unique index care_circumstances_once on care_circumstances (community_id, person_id, kind, purpose) where ended_at is null;
create index care_circumstances_by_consent on care_circumstances (community_id, consent_id) where consent_id is not null;
call guard_table('care_circumstances', 'select, insert, update, delete');

-- What was deleted, when and on which ground; nothing of what it said.
create table tombstones (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  thing_id uuid not null,
  ground text not null,
  deleted_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, kind, thing_id)
);
create index tombstones_by_person on tombstones (community_id, person_id, deleted_at);
call guard_table('tombstones', 'select, insert');
