-- Phones that took a round along, so that one that is lost can be told to wipe what it holds. Nothing personal is here.
create table phones (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  known_since_at timestamptz not null,
  last_contact_at timestamptz not null,
  wipe_ordered_at timestamptz,
  wipe_ordered_by_id uuid,
  wiped_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id),
  foreign key (community_id, wipe_ordered_by_id) references people (community_id, id),
  check ((wipe_ordered_at is null) = (wipe_ordered_by_id is null)),
  check (wiped_at is null or wipe_ordered_at is not null)
);
create index phones_by_person on phones (community_id, person_id, last_contact_at desc);
call guard_table('phones', 'select, insert, update');
