-- How a person wants word: over which channel, and when not. Without a row: a text message, and none from ten at night to seven.
create table notice_preferences (
  community_id uuid not null references communities (id),
  person_id uuid not null,
  channel text not null default 'sms' check (channel in ('sms', 'email', 'none')),
  quiet_from_minute integer not null default 1320 check (quiet_from_minute between 0 and 1439),
  quiet_until_minute integer not null default 420 check (quiet_until_minute between 0 and 1439),
  changed_at timestamptz not null,
  primary key (community_id, person_id),
  foreign key (community_id, person_id) references people (community_id, id)
);
call guard_table('notice_preferences', 'select, insert, update');

-- The message that took a notice along; none while it waits to be told out of doors.
alter table notices add column delivery_id uuid;
create index notices_waiting on notices (community_id, person_id) where delivery_id is null and read_at is null;

-- How staff saw that somebody lives there.
alter table household_members add column verified_how text;

-- A role in one scope is held once, however many give it at the same time.
create unique index role_grants_once on role_grants (community_id, person_id, role, scope_kind, scope_id) nulls not distinct where ended_at is null;
