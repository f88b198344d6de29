-- The council: its rules as data, meetings with attendance, agenda, papers, motions, votes, minutes, resolutions. Who sits on
-- it are terms of posts (groups), never written here.

create table council_rules (
  community_id uuid not null references communities (id),
  organisation_id uuid not null,
  rules jsonb not null,
  changed_at timestamptz not null,
  changed_by_id uuid not null,
  version integer not null default 1,
  primary key (community_id, organisation_id),
  foreign key (community_id, organisation_id) references organisations (community_id, id)
);
call guard_table('council_rules', 'select, insert, update');

create table meetings (
  community_id uuid not null references communities (id),
  id uuid not null,
  organisation_id uuid not null,
  titles jsonb not null,
  place_text text not null check (char_length(place_text) between 1 and 200),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  called_at timestamptz,
  opened_at timestamptz,
  closed_at timestamptz,
  cancelled_at timestamptz,
  cancelled_reason text check (char_length(cancelled_reason) <= 1000),
  -- The rules as they stood when it was opened: nothing decided here changes with later rules.
  rules jsonb,
  chair_id uuid,
  minutes_adopted_at timestamptz,
  minutes_adopted_by_id uuid,
  minutes_published_at timestamptz,
  minutes_text jsonb,
  minutes_sha256 text check (minutes_sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null,
  created_by_id uuid not null,
  version integer not null default 1,
  primary key (community_id, id),
  foreign key (community_id, organisation_id) references organisations (community_id, id),
  foreign key (community_id, chair_id) references people (community_id, id),
  check (ends_at > starts_at),
  check ((cancelled_at is null) = (cancelled_reason is null)),
  check (opened_at is null or (called_at is not null and rules is not null and chair_id is not null)),
  check (closed_at is null or opened_at is not null),
  check (minutes_adopted_at is null or closed_at is not null),
  check (minutes_published_at is null or (minutes_adopted_at is not null and minutes_text is not null and minutes_sha256 is not null))
);
create index meetings_by_start on meetings (community_id, starts_at desc, id);
call guard_table('meetings', 'select, insert, update');

-- Who was in the room, from when to when; somebody who comes back has another row.
create table meeting_attendances (
  community_id uuid not null,
  meeting_id uuid not null,
  person_id uuid not null,
  arrived_at timestamptz not null,
  left_at timestamptz,
  recorded_by_id uuid not null,
  primary key (community_id, meeting_id, person_id, arrived_at),
  foreign key (community_id, meeting_id) references meetings (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id)
);
create unique index meeting_attendances_once on meeting_attendances (community_id, meeting_id, person_id) where left_at is null;
call guard_table('meeting_attendances', 'select, insert, update');

create table agenda_items (
  community_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  position integer not null check (position > 0),
  titles jsonb not null,
  dropped_at timestamptz,
  dropped_reason text check (char_length(dropped_reason) <= 1000),
  primary key (community_id, id),
  foreign key (community_id, meeting_id) references meetings (community_id, id),
  check ((dropped_at is null) = (dropped_reason is null))
);
create unique index agenda_items_by_position on agenda_items (community_id, meeting_id, position) where dropped_at is null;
call guard_table('agenda_items', 'select, insert, update');

create table meeting_papers (
  community_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  agenda_item_id uuid,
  title text not null check (char_length(title) between 1 and 120),
  text text check (char_length(text) between 1 and 20000),
  file_hash text,
  attached_at timestamptz not null,
  attached_by_id uuid not null,
  withdrawn_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, meeting_id) references meetings (community_id, id),
  foreign key (community_id, agenda_item_id) references agenda_items (community_id, id),
  foreign key (community_id, file_hash) references files (community_id, hash),
  check (num_nonnulls(text, file_hash) = 1)
);
create index meeting_papers_by_meeting on meeting_papers (community_id, meeting_id, attached_at);
create index meeting_papers_by_file on meeting_papers (community_id, file_hash) where file_hash is not null;
call guard_table('meeting_papers', 'select, insert, update');

-- A motion, or an amendment of one: an amendment says what the whole text would be.
create table motions (
  community_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  agenda_item_id uuid not null,
  number integer not null check (number > 0),
  amends_id uuid,
  amends_version integer,
  title text not null check (char_length(title) between 1 and 80),
  majority text not null check (majority ~ '^[a-z_]{2,40}$'),
  ballot text not null check (ballot in ('open', 'secret')),
  state text not null check (state in ('moved', 'seconded', 'voting', 'carried', 'lost', 'withdrawn', 'ruled_out')),
  moved_by_id uuid not null,
  moved_at timestamptz not null,
  seconded_by_id uuid,
  seconded_at timestamptz,
  decided_at timestamptz,
  version integer not null default 1,
  primary key (community_id, id),
  foreign key (community_id, meeting_id) references meetings (community_id, id),
  foreign key (community_id, agenda_item_id) references agenda_items (community_id, id),
  foreign key (community_id, amends_id) references motions (community_id, id),
  foreign key (community_id, moved_by_id) references people (community_id, id),
  foreign key (community_id, seconded_by_id) references people (community_id, id),
  check ((amends_id is null) = (amends_version is null)),
  check (seconded_by_id <> moved_by_id)
);
create unique index motions_by_number on motions (community_id, meeting_id, number);
create index motions_by_amended on motions (community_id, amends_id) where amends_id is not null;
call guard_table('motions', 'select, insert, update');

create table motion_texts (
  community_id uuid not null,
  motion_id uuid not null,
  version integer not null check (version > 0),
  text text not null check (char_length(text) between 1 and 6000),
  written_at timestamptz not null,
  written_by_id uuid not null,
  amendment_id uuid,
  primary key (community_id, motion_id, version),
  foreign key (community_id, motion_id) references motions (community_id, id),
  foreign key (community_id, amendment_id) references motions (community_id, id)
);
call guard_table('motion_texts', 'select, insert');

-- A member who has an interest of their own in an item or a motion: public, with the reason, for good.
create table declared_interests (
  community_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  agenda_item_id uuid not null,
  motion_id uuid,
  person_id uuid not null,
  reason text not null check (char_length(reason) between 1 and 1000),
  declared_at timestamptz not null,
  recorded_by_id uuid not null,
  primary key (community_id, id),
  foreign key (community_id, meeting_id) references meetings (community_id, id),
  foreign key (community_id, agenda_item_id) references agenda_items (community_id, id),
  foreign key (community_id, motion_id) references motions (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id)
);
create unique index declared_interests_once on declared_interests (community_id, agenda_item_id, motion_id, person_id) nulls not distinct;
call guard_table('declared_interests', 'select, insert');

create table vote_events (
  community_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  motion_id uuid not null,
  ballot text not null check (ballot in ('open', 'secret')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  result text check (result in ('pass', 'fail', 'no_quorum')),
  counts jsonb,
  primary key (community_id, id),
  foreign key (community_id, meeting_id) references meetings (community_id, id),
  foreign key (community_id, motion_id) references motions (community_id, id),
  check ((closed_at is null) = (result is null) and (closed_at is null) = (counts is null))
);
-- One vote at a time in a meeting.
create unique index vote_events_open on vote_events (community_id, meeting_id) where closed_at is null;
create index vote_events_by_motion on vote_events (community_id, motion_id, opened_at);
call guard_table('vote_events', 'select, insert, update');

-- Open votes: who voted what is public. The key is what makes it one vote a member, however many are sent at once.
create table votes (
  community_id uuid not null,
  vote_event_id uuid not null,
  person_id uuid not null,
  option text not null check (option in ('yes', 'no', 'abstain')),
  cast_at timestamptz not null,
  recorded_by_id uuid not null,
  primary key (community_id, vote_event_id, person_id),
  foreign key (community_id, vote_event_id) references vote_events (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id)
);
call guard_table('votes', 'select, insert');

-- Secret votes: who voted, never what, without a time; and what was voted, by the hash of a code that only the voter has.
create table vote_roll (
  community_id uuid not null,
  vote_event_id uuid not null,
  person_id uuid not null,
  channel text not null check (channel in ('online', 'assisted')),
  primary key (community_id, vote_event_id, person_id),
  foreign key (community_id, vote_event_id) references vote_events (community_id, id)
);
call guard_table('vote_roll', 'select, insert');

create table vote_ballots (
  community_id uuid not null,
  vote_event_id uuid not null,
  code_hash text not null check (code_hash ~ '^[0-9a-f]{64}$'),
  option text not null check (option in ('yes', 'no', 'abstain')),
  primary key (community_id, vote_event_id, code_hash),
  foreign key (community_id, vote_event_id) references vote_events (community_id, id)
);
call guard_table('vote_ballots', 'select, insert, delete');

-- The minutes: what was said, and what the chair ruled; every version is kept.
create table meeting_entries (
  community_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  number integer not null check (number > 0),
  kind text not null check (kind in ('said', 'ruling')),
  agenda_item_id uuid,
  motion_id uuid,
  created_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, meeting_id) references meetings (community_id, id),
  foreign key (community_id, agenda_item_id) references agenda_items (community_id, id),
  foreign key (community_id, motion_id) references motions (community_id, id)
);
create unique index meeting_entries_by_number on meeting_entries (community_id, meeting_id, number);
call guard_table('meeting_entries', 'select, insert');

create table meeting_entry_texts (
  community_id uuid not null,
  entry_id uuid not null,
  version integer not null check (version > 0),
  -- By language; one may be missing until the minutes are published.
  texts jsonb not null,
  reason text check (char_length(reason) <= 400),
  written_at timestamptz not null,
  written_by_id uuid not null,
  primary key (community_id, entry_id, version),
  foreign key (community_id, entry_id) references meeting_entries (community_id, id)
);
call guard_table('meeting_entry_texts', 'select, insert');

-- What was resolved: who owes it by when lives in the request that carries it (decision 0011).
create table resolutions (
  community_id uuid not null,
  id uuid not null,
  number integer not null check (number > 0),
  organisation_id uuid not null,
  meeting_id uuid not null,
  motion_id uuid not null,
  titles jsonb not null,
  texts jsonb not null,
  owner_organisation_id uuid,
  owner_post_id uuid,
  due_on date not null,
  request_id uuid not null,
  resolved_at timestamptz not null,
  resolved_by_id uuid not null,
  primary key (community_id, id),
  foreign key (community_id, organisation_id) references organisations (community_id, id),
  foreign key (community_id, meeting_id) references meetings (community_id, id),
  foreign key (community_id, motion_id) references motions (community_id, id),
  foreign key (community_id, owner_organisation_id) references organisations (community_id, id),
  foreign key (community_id, owner_post_id) references posts (community_id, id),
  foreign key (community_id, request_id) references requests (community_id, id),
  check (num_nonnulls(owner_organisation_id, owner_post_id) = 1)
);
create unique index resolutions_by_number on resolutions (community_id, organisation_id, number);
create unique index resolutions_by_motion on resolutions (community_id, motion_id);
create unique index resolutions_by_request on resolutions (community_id, request_id);
call guard_table('resolutions', 'select, insert');

-- What the council owes is a request like any other, told by the council.
alter table requests drop constraint requests_intake_check;
alter table requests add constraint requests_intake_check
  check (intake in ('web', 'poster', 'desk', 'phone', 'visit', 'open311', 'api', 'import', 'council'));
