-- Secret votes on paper: what two people read before it counts. Once they agree nothing of it is left but the roll and the box.
alter table vote_roll drop constraint vote_roll_channel_check;
alter table vote_roll add constraint vote_roll_channel_check check (channel in ('online', 'assisted', 'paper'));

create table vote_papers (
  community_id uuid not null,
  vote_event_id uuid not null,
  entered_by_id uuid not null,
  voter_ids uuid[] not null,
  yes int not null check (yes >= 0),
  no int not null check (no >= 0),
  abstain int not null check (abstain >= 0),
  primary key (community_id, vote_event_id, entered_by_id),
  foreign key (community_id, vote_event_id) references vote_events (community_id, id),
  check (yes + no + abstain = cardinality(voter_ids))
);
call guard_table('vote_papers', 'select, insert, update, delete');
