-- Lists as somebody looks at them again and again: the address of a list with its filters, under a name of their own.
create table saved_filters (
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  list text not null check (list in ('desk', 'requests')),
  name text not null,
  filters text not null,
  saved_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id)
);
create unique index saved_filters_by_name on saved_filters (community_id, person_id, list, name);
call guard_table('saved_filters', 'select, insert, update, delete');
