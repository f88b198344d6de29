-- The same bytes may be brought by many people; each of them may use them. A hash alone gives no right to a file.
create table file_uploaders (
  community_id uuid not null,
  file_hash text not null,
  uploaded_by_id uuid not null,
  uploaded_at timestamptz not null,
  primary key (community_id, file_hash, uploaded_by_id),
  foreign key (community_id, file_hash) references files (community_id, hash)
);

-- The owner of the tables is bound by their policy too; the files there are belong to all communities.
alter table files no force row level security;
insert into file_uploaders (community_id, file_hash, uploaded_by_id, uploaded_at)
  select community_id, hash, uploaded_by_id, uploaded_at from files;
alter table files force row level security;
alter table files drop column uploaded_by_id, drop column uploaded_at;
call guard_table('file_uploaders', 'select, insert');
