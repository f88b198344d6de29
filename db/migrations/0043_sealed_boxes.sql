-- What lies in an open ballot box is sealed under a key that is not in the database and a salt that is forgotten at closing.
alter table venture_rounds add column box_salt text check (box_salt ~ '^[0-9a-f]{32}$');
alter table vote_events add column box_salt text check (box_salt ~ '^[0-9a-f]{32}$');
alter table ballots add column seal text not null default '';
alter table vote_ballots add column seal text not null default '';
alter table paper_entries add column seal text not null default '';
alter table project_answer_counts add column seal text not null default '';

-- Seals of what ballots said before they were changed, so that nobody puts an earlier ballot back. Which ballot is not said.
create table replaced_ballots (
  community_id uuid not null,
  round_id uuid not null,
  seal text not null,
  proof text not null,
  primary key (community_id, round_id, seal),
  foreign key (community_id, round_id) references venture_rounds (community_id, id)
);
call guard_table('replaced_ballots', 'select, insert, delete');
