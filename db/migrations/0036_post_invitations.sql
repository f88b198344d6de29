-- Residents who agreed to be found are asked whether they would take a vacant post. An answer is given once.
create table post_invitations (
  community_id uuid not null references communities (id),
  id uuid not null,
  post_id uuid not null,
  person_id uuid not null,
  reason text not null check (char_length(reason) between 1 and 1000),
  invited_at timestamptz not null,
  invited_by_id uuid not null,
  answer text check (answer in ('accepted', 'declined')),
  answer_words text check (char_length(answer_words) <= 500),
  answered_at timestamptz,
  withdrawn_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, post_id) references posts (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id),
  check ((answer is null) = (answered_at is null)),
  check (answer is null or withdrawn_at is null)
);
create unique index post_invitations_once on post_invitations (community_id, post_id, person_id)
  where answered_at is null and withdrawn_at is null;
create index post_invitations_by_person on post_invitations (community_id, person_id, invited_at desc);
call guard_table('post_invitations', 'select, insert, update');
